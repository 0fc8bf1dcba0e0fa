"""Connections: what a target means, who is let see a token, and how calls are tried again."""

from __future__ import annotations

import ipaddress
import os
from importlib import resources
from pathlib import Path
from typing import TypeAlias

import grpc
import grpc.aio

FilePath: TypeAlias = "str | os.PathLike[str]"

_SCHEMES = {"http": False, "https": True}

# What is larger than this buffer is never tried again.
_KEEP_REQUESTS: list[tuple[str, str | int]] = [("grpc.per_rpc_retry_buffer_size", 2**31 - 1)]


class Endpoint:
    """A server and what is shown to it."""

    def __init__(
        self,
        target: str,
        *,
        token: str | None = None,
        ca_file: FilePath | None = None,
        certificate_file: FilePath | None = None,
        key_file: FilePath | None = None,
    ) -> None:
        """The arguments are those of `Client`; ValueError where they do not fit together."""
        address, loopback, tls = _parse(target, ca_file is not None or certificate_file is not None)
        if (certificate_file is None) != (key_file is None):
            raise ValueError("certificate_file and key_file belong together")
        if token is not None:
            if not token or not all("!" <= character <= "~" for character in token):
                raise ValueError("the token is empty or holds characters that no token has")
            if not tls and not loopback:
                raise ValueError(f"refused to send a token to {address} unencrypted: whoever carries it could use it")
        self._address = address
        self._credentials = (
            grpc.ssl_channel_credentials(_read(ca_file), _read(key_file), _read(certificate_file)) if tls else None
        )
        config = resources.files(__package__).joinpath("service_config.json").read_text("utf-8")
        self._options: list[tuple[str, str | int]] = [
            ("grpc.service_config", config),
            ("grpc.max_receive_message_length", -1),
            ("grpc.initial_reconnect_backoff_ms", 200),
        ]
        if loopback:  # reached without the proxy of the environment
            self._options.append(("grpc.enable_http_proxy", 0))
        self.metadata = () if token is None else (("authorization", f"Bearer {token}"),)
        """What every call carries."""

    def connect(self, *, streams: bool = False) -> grpc.Channel:
        """A channel for calls of one message, or for streams: what they send is not kept for another attempt."""
        options = self._options if streams else self._options + _KEEP_REQUESTS
        if self._credentials is None:
            return grpc.insecure_channel(self._address, options)
        return grpc.secure_channel(self._address, self._credentials, options)

    def connect_async(self, *, streams: bool = False) -> grpc.aio.Channel:
        """The same, of the event loop that runs."""
        options = self._options if streams else self._options + _KEEP_REQUESTS
        if self._credentials is None:
            return grpc.aio.insecure_channel(self._address, options)
        return grpc.aio.secure_channel(self._address, self._credentials, options)


def _read(path: FilePath | None) -> bytes | None:
    return None if path is None else Path(path).read_bytes()


def _parse(target: str, certificates: bool) -> tuple[str, bool, bool]:
    """The address, whether it is of this machine, whether it is spoken to through TLS."""
    scheme, separator, address = target.partition("://")
    if not separator:
        scheme, address = "", target
    address = address.removesuffix("/")
    host, colon, port = address.rpartition(":")
    if not colon or not host or not port.isdecimal() or "/" in host or (scheme and scheme not in _SCHEMES):
        raise ValueError(f'"{target}" is not HOST:PORT, http://HOST:PORT or https://HOST:PORT')
    loopback = _is_loopback(host.strip("[]"))
    tls = _SCHEMES.get(scheme, certificates or not loopback)
    if certificates and not tls:
        raise ValueError(f"{target} is not encrypted and has no use for certificates")
    return address, loopback, tls


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
