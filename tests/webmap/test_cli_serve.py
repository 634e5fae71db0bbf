"""The production server, as a person starts it: HTTPS with a certificate of its own, ended by a signal."""

import datetime
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from layers.editions import Store

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60

pytestmark = pytest.mark.skipif(os.name == "nt", reason="gunicorn runs on POSIX")


def certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate for localhost, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    (folder / "cert.pem").write_bytes(signed.public_bytes(pem))
    return folder / "cert.pem", folder / "key.pem"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def answer(address: str, trust: ssl.SSLContext) -> int:
    """The status of an address once the server is up."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10, context=trust) as response:
                return int(response.status)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_https_with_a_certificate_of_ones_own(county_store: Store, tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    port = free_port()
    command = [sys.executable, "-m", "webmap", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(
        [*command, "--cert", str(cert), "--key", str(key)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            trust = ssl.create_default_context(cafile=str(cert))
            assert answer(f"https://localhost:{port}/healthz", trust) == 200
        finally:
            server.send_signal(signal.SIGTERM)
        out, _ = server.communicate(timeout=PATIENCE_S)
    assert server.returncode == 0
    assert out == f"万荣县基层治理一张图：https://127.0.0.1:{port}\n"
