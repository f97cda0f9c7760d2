"""An App's private key in the shapes people paste it: PEM, PEM on one line, base64 of the PEM, or a file."""

from __future__ import annotations

import base64
import binascii
from functools import cache
from pathlib import Path


@cache
def private_key_in(text: str) -> str:
    """The PEM in `text`. Raises ValueError with what is wrong; the text itself is never repeated in it."""
    pem = text.strip().strip("\"'").replace("\\r", "").replace("\\n", "\n").strip()
    if not pem.startswith("-----BEGIN"):
        pem = _from_base64(pem)
    return _checked(pem)


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
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ValueError("neither PEM (it would start with -----BEGIN) nor base64 of one") from error


def _checked(pem: str) -> str:
    # Imported here because cryptography takes a tenth of a second, and `mentorbot --help` needs no key.
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except TypeError as error:
        raise ValueError("it is protected by a password; GitHub's own .pem files are not") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ValueError("not a private key: part of it may be missing, or it is a public key") from error
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("not an RSA key; GitHub Apps use RSA keys")  # noqa: TRY004 - the text is wrong, not its type
    return pem + "\n"
