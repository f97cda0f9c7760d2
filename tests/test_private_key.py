"""Nothing is taken for a key with which nobody could sign; `cryptography` is the judge."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from hypothesis import given
from hypothesis import strategies as st

from mentorbot.private_key import private_key_in

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey | ed25519.Ed25519PrivateKey
OLD, NEW, SSH = PrivateFormat.TraditionalOpenSSL, PrivateFormat.PKCS8, PrivateFormat.OpenSSH
RSA = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - signs nothing


def pem(key: Key, shape: PrivateFormat, password: bytes | None = None) -> str:
    protection: KeySerializationEncryption = NoEncryption()
    if password:
        protection = BestAvailableEncryption(password)
    return key.private_bytes(Encoding.PEM, shape, protection).decode()


def as_pem(der: bytes, kind: str) -> str:
    return f"-----BEGIN {kind}-----\n{base64.encodebytes(der).decode()}-----END {kind}-----\n"


DER = {
    "RSA PRIVATE KEY": RSA.private_bytes(Encoding.DER, OLD, NoEncryption()),
    "PRIVATE KEY": RSA.private_bytes(Encoding.DER, NEW, NoEncryption()),
}


@pytest.mark.parametrize("shape", [OLD, NEW], ids=["older", "newer"])
@pytest.mark.parametrize("bits", [2048, 3072])
def test_whole_keys_of_every_length_and_both_shapes_are_taken(bits: int, shape: PrivateFormat) -> None:
    written = pem(rsa.generate_private_key(public_exponent=65537, key_size=bits), shape)
    assert private_key_in(written) == written


ANOTHER_KIND, NO_KEY, PROTECTED = "not an RSA key", "not a private key", "protected by a password"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param(pem(RSA, OLD, b"pw"), PROTECTED, id="with a password, older"),
        pytest.param(pem(RSA, NEW, b"pw"), PROTECTED, id="with a password, newer"),
        pytest.param(pem(ec.generate_private_key(ec.SECP256R1()), OLD), ANOTHER_KIND, id="of a curve, older"),
        pytest.param(pem(ec.generate_private_key(ec.SECP256R1()), NEW), ANOTHER_KIND, id="of a curve, newer"),
        pytest.param(pem(ed25519.Ed25519PrivateKey.generate(), NEW), ANOTHER_KIND, id="of Edwards' curve"),
        pytest.param(pem(dsa.generate_private_key(1024), OLD), ANOTHER_KIND, id="DSA, older"),  # noqa: S505 - as above
        pytest.param(pem(RSA, SSH), NO_KEY, id="as ssh-keygen writes it"),
        pytest.param(as_pem(DER["PRIVATE KEY"], "RSA PRIVATE KEY"), NO_KEY, id="named after the other shape"),
        pytest.param(as_pem(b"", "RSA PRIVATE KEY"), NO_KEY, id="nothing between the lines"),
        pytest.param(as_pem(b"\x30\x03\x02\x01\x00", "RSA PRIVATE KEY"), NO_KEY, id="a version, no numbers"),
        pytest.param("-----BEGIN RSA PRIVATE KEY-----", NO_KEY, id="the first line only"),
    ],
)
def test_what_is_no_key_for_github_is_refused_with_the_reason(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        private_key_in(written)


@given(
    kind=st.sampled_from(sorted(DER)),
    at=st.integers(0, 10_000),
    letter=st.integers(0, 255),
    cut=st.booleans(),
)
def test_no_key_with_a_mistake_in_it_is_taken_that_could_not_be_read_later(
    kind: str, at: int, letter: int, *, cut: bool
) -> None:
    der = bytearray(DER[kind])
    at %= len(der)
    if cut:
        del der[at:]
    else:
        der[at] = letter
    try:
        taken = private_key_in(as_pem(bytes(der), kind))
    except ValueError:
        return
    assert isinstance(load_pem_private_key(taken.encode(), password=None), rsa.RSAPrivateKey)
