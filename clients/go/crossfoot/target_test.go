package crossfoot

import "testing"

func TestParseTarget(t *testing.T) {
	for _, c := range []struct {
		text         string
		certificates bool
		want         target
	}{
		{"127.0.0.1:50051", false, target{"127.0.0.1", "50051", false}},
		{"127.0.0.1:50051", true, target{"127.0.0.1", "50051", true}},
		{"figures.example.org:443", false, target{"figures.example.org", "443", true}},
		{"[::1]:50051", false, target{"::1", "50051", false}},
		{"https://localhost:443", false, target{"localhost", "443", true}},
		{"https://[2001:db8::1]:8443/", false, target{"2001:db8::1", "8443", true}},
		{"http://192.0.2.1:80", false, target{"192.0.2.1", "80", false}},
	} {
		got, err := parseTarget(c.text, c.certificates)
		if err != nil || got != c.want {
			t.Errorf("parseTarget(%q, %v) = %v, %v; want %v", c.text, c.certificates, got, err, c.want)
		}
	}
}

func TestParseTargetRefuses(t *testing.T) {
	for _, text := range []string{
		"", "localhost", ":50051", "localhost:0", "localhost:65536", "localhost:http", "::1:50051", "ftp://localhost:1",
		"https://", "https://localhost", "https://user@localhost:1", "https://localhost:1/v1", "https://localhost:1?a=b", "dns:///localhost:1",
	} {
		if got, err := parseTarget(text, false); err == nil {
			t.Errorf("parseTarget(%q) = %v; want an error", text, got)
		}
	}
	if got, err := parseTarget("http://localhost:1", true); err == nil {
		t.Errorf("certificates with http:// give %v; want an error", got)
	}
}

func TestLoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "127.0.0.1": true, "127.9.9.9": true, "::1": true,
		"0.0.0.0": false, "10.0.0.1": false, "localhost.example.org": false, "127.example.org": false,
	} {
		if got := (target{host: host}).loopback(); got != want {
			t.Errorf("loopback of %q is %v; want %v", host, got, want)
		}
	}
}
