package dev.crossfoot;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server is, and whether it is spoken to through TLS. */
final class Target {
  private static final Pattern FORM =
      Pattern.compile("(?:(https?)://)?(\\[[0-9A-Fa-f:.]+\\]|[^\\s:/@?#\\[\\]]+):(\\d{1,5})/?");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|\\[::1\\]|127(\\.\\d{1,3}){3}");

  final String address;
  final boolean loopback;
  final boolean tls;

  private Target(String address, boolean loopback, boolean tls) {
    this.address = address;
    this.loopback = loopback;
    this.tls = tls;
  }

  /** Reads a target; IllegalArgumentException where it is none or has no use for certificates. */
  static Target parse(String text, boolean certificates) {
    Matcher form = FORM.matcher(text);
    int port = form.matches() ? Integer.parseInt(form.group(3)) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not HOST:PORT, http://HOST:PORT or https://HOST:PORT");
    }
    boolean loopback = LOOPBACK.matcher(form.group(2).toLowerCase(Locale.ROOT)).matches();
    boolean tls = form.group(1) == null ? certificates || !loopback : form.group(1).equals("https");
    if (certificates && !tls) {
      throw new IllegalArgumentException(text + " is not encrypted and has no use for certificates");
    }
    return new Target(form.group(2) + ":" + port, loopback, tls);
  }

  /** What gRPC calls it; brackets of an address are none of a URI's path as they are. */
  String uri() {
    try {
      return new URI("dns", "", "/" + address, null).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(address + " is no host", e);
    }
  }
}
