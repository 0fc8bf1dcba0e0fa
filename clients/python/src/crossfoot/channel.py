"""Connections: what a target means, who is let see a token, and how calls are tried again."""

from __future__ import annotations

import ipaddress
import os
from importlib import resources
from pathlib import Path
from typing import TypeAlias

import grpc

FilePath: TypeAlias = "str | os.PathLike[str]"

_SCHEMES = {"http": False, "https": True}
_INT_MAX = 2**31 - 1


def connect(
    target: str,
    *,
    token: str | None = None,
    ca_file: FilePath | None = None,
    certificate_file: FilePath | None = None,
    key_file: FilePath | None = None,
) -> grpc.Channel:
    """A channel to `target`, as `Client` explains its arguments.  ValueError where they do not fit together."""
    address, loopback, tls = _parse(target, ca_file is not None or certificate_file is not None)
    if (certificate_file is None) != (key_file is None):
        raise ValueError("certificate_file and key_file belong together")
    if token is not None:
        if not token or not all("!" <= character <= "~" for character in token):
            raise ValueError("the token is empty or holds characters that no token has")
        if not tls and not loopback:
            raise ValueError(f"refused to send a token to {address} unencrypted: whoever carries it could use it")
    options: list[tuple[str, str | int]] = [
        ("grpc.service_config", resources.files(__package__).joinpath("service_config.json").read_text("utf-8")),
        ("grpc.max_receive_message_length", -1),
        # What is larger than this buffer is never tried again.
        ("grpc.per_rpc_retry_buffer_size", _INT_MAX),
        ("grpc.initial_reconnect_backoff_ms", 200),
    ]
    if loopback:  # reached without the proxy of the environment
        options.append(("grpc.enable_http_proxy", 0))
    if not tls:
        return grpc.insecure_channel(address, options)
    credentials = grpc.ssl_channel_credentials(_read(ca_file), _read(key_file), _read(certificate_file))
    return grpc.secure_channel(address, credentials, options)


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
