package dev.crossfoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:50051, false, 127.0.0.1:50051, true, false",
    "127.9.9.9:50051, true, 127.9.9.9:50051, true, true",
    "LOCALHOST:1, false, LOCALHOST:1, true, false",
    "figures.example.org:443, false, figures.example.org:443, false, true",
    "127.example.org:443, false, 127.example.org:443, false, true",
    "http://192.0.2.1:80, false, 192.0.2.1:80, false, false",
    "https://[2001:db8::1]:8443/, true, [2001:db8::1]:8443, false, true",
    "http://[::1]:1, false, [::1]:1, true, false",
  })
  void readsTarget(String text, boolean certificates, String address, boolean loopback, boolean tls) {
    Target target = Target.parse(text, certificates);
    assertEquals(address, target.address);
    assertEquals(loopback, target.loopback);
    assertEquals(tls, target.tls);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "localhost", ":1", "localhost:0", "localhost:65536", "localhost:http", "::1:1", "ftp://localhost:1",
        "https://localhost", "https://user@localhost:1", "https://localhost:1/v1", "dns:///localhost:1"
      })
  void refusesWhatIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> Target.parse(text, false));
  }

  @Test
  void refusesCertificatesWithoutEncryption() {
    assertThrows(IllegalArgumentException.class, () -> Target.parse("http://localhost:1", true));
  }
}
