package crossfoot

import (
	"fmt"
	"net"
	"strconv"
	"strings"
)

// target is where a server is and whether it is spoken to encrypted.
type target struct {
	host, port string
	tls        bool
}

// loopback reports whether only this machine can be reached by the host.
func (t target) loopback() bool {
	if strings.EqualFold(t.host, "localhost") {
		return true
	}
	ip := net.ParseIP(t.host)
	return ip != nil && ip.IsLoopback()
}

// parseTarget reads "HOST:PORT", "https://HOST:PORT" and "http://HOST:PORT".  What has no scheme is encrypted unless it is
// this machine and no certificate is given.
func parseTarget(text string, certificates bool) (target, error) {
	refused := func(why string) (target, error) {
		return target{}, fmt.Errorf("crossfoot: target %q %s", text, why)
	}
	scheme, address, found := strings.Cut(text, "://")
	if !found {
		scheme, address = "", text
	}
	var t target
	var err error
	t.host, t.port, err = net.SplitHostPort(strings.TrimSuffix(address, "/"))
	port, portError := strconv.ParseUint(t.port, 10, 16)
	if err != nil || t.host == "" || strings.ContainsAny(t.host, "/@?#") || portError != nil || port == 0 {
		return refused("is not HOST:PORT, https://HOST:PORT or http://HOST:PORT")
	}
	switch {
	case scheme == "https":
		t.tls = true
	case scheme == "http":
		if certificates {
			return refused("is not encrypted and has no use for certificates")
		}
	case !found:
		t.tls = certificates || !t.loopback()
	default:
		return refused("has a scheme that is neither https nor http")
	}
	return t, nil
}
