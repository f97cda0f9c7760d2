"""An App's private key in the shapes people paste it: PEM, PEM on one line, base64 of the PEM, or a file.

Every process checks its settings, while only those that sign need `cryptography`, which takes a tenth of a
second and 8 MB. So what is looked at here is the container (https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2,
and https://www.rfc-editor.org/rfc/rfc5208#section-5 around it), and that the numbers in it belong together:
in a key that is cut, mistyped or of another kind they don't.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path

_PEM = re.compile(r"-----BEGIN (?P<kind>[A-Z0-9 ]+)-----\s(?P<body>.*?)-----END (?P=kind)-----", re.DOTALL)
_INTEGER, _OCTETS, _SEQUENCE = 0x02, 0x04, 0x30
_LONG_FORM = 0x80
_RSA = bytes.fromhex("06092a864886f70d0101010500")  # rsaEncryption, 1.2.840.113549.1.1.1; no parameters
_FEWEST_BITS = 1024
_ANOTHER_KIND = "not an RSA key; GitHub Apps use RSA keys"


@cache
def private_key_in(text: str) -> str:
    """The PEM in `text`. Raises ValueError with what is wrong; the text itself is never repeated in it."""
    pem = text.strip().strip("\"'").replace("\\r", "").replace("\\n", "\n").strip()
    if not pem.startswith("-----BEGIN"):
        pem = _from_base64(pem)
    _check(pem)
    return pem + "\n"


def private_key_from(path: Path) -> str:
    """The PEM in a file. Raises ValueError where it cannot be read or holds no private key."""
    try:
        text = path.expanduser().read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a text file"
        raise ValueError(f"cannot read {path}: {reason}") from error
    return private_key_in(text)


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("ascii").strip()
    except ValueError as error:  # binascii.Error, or characters that are in neither
        raise ValueError("neither PEM (it would start with -----BEGIN) nor base64 of one") from error


def _check(pem: str) -> None:
    found = _PEM.search(pem)
    kind, body = (found["kind"], found["body"]) if found else ("", "")
    if kind == "ENCRYPTED PRIVATE KEY" or "Proc-Type:" in body:
        raise ValueError("it is protected by a password; GitHub's own .pem files are not")
    if kind in {"EC PRIVATE KEY", "DSA PRIVATE KEY"}:
        raise ValueError(_ANOTHER_KIND)
    try:
        der = base64.b64decode("".join(body.split()), validate=True)
        algorithm, key = _unpacked(der) if kind == "PRIVATE KEY" else (_RSA, der)
        is_whole = algorithm != _RSA or _belong_together(*_integers(key))
    except (ValueError, IndexError, TypeError):  # whatever is not there, or too much
        is_whole = False
    if not is_whole:
        raise ValueError("not a private key: part of it may be missing, or it is a public key")
    if algorithm != _RSA:
        raise ValueError(_ANOTHER_KIND)


def _unpacked(der: bytes) -> tuple[bytes, bytes]:
    """The kind of a key, and the key itself, within PKCS #8. Raises ValueError where it is not just that."""
    _, algorithm, key = _contents(*_contents(der))
    again = _value(_INTEGER, b"\0") + _value(_SEQUENCE, algorithm) + _value(_OCTETS, key)
    if algorithm == _RSA and der != _value(_SEQUENCE, again):
        raise ValueError
    return algorithm, key


def _integers(der: bytes) -> list[int]:
    """The numbers of a sequence. Raises ValueError where there is anything else."""
    numbers = [int.from_bytes(content, "big") for content in _contents(*_contents(der))]
    # With a sign bit, for which there has to be room.
    written = [number.to_bytes(number.bit_length() // 8 + 1, "big") for number in numbers]
    if der != _value(_SEQUENCE, b"".join(_value(_INTEGER, one) for one in written)):
        raise ValueError
    return numbers


def _contents(der: bytes) -> list[bytes]:
    """What is in each of the values, one after the other. Raises IndexError where something is cut off."""
    found, at = [], 0
    while at < len(der):
        length = der[at + 1]
        at += 2
        if length >= _LONG_FORM:
            size = length - _LONG_FORM
            length = int.from_bytes(der[at : at + size], "big")
            at += size
        found.append(der[at : at + length])
        at += length
    return found


def _value(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < _LONG_FORM:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, _LONG_FORM + len(size)]) + size + content


def _belong_together(version: int, n: int, e: int, d: int, p: int, q: int, *reduced: int) -> bool:
    """Whether these are what RFC 8017 lists, in its order and by its names."""
    d_p, d_q, q_inverse = reduced
    return (
        version == 0
        and n.bit_length() >= _FEWEST_BITS
        and min(p, q) > 1
        and p * q == n
        and e * d % (p - 1) == e * d % (q - 1) == 1
        and (d_p, d_q) == (d % (p - 1), d % (q - 1))
        and q_inverse * q % p == 1
    )
