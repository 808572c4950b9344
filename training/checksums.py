"""Write models/SHA256SUMS over every file of every model folder; `cd models && sha256sum -c SHA256SUMS` checks it."""

import hashlib
import sys
from pathlib import Path


def write_checksums(models):
    """One line a file, sorted by path, in the form that `sha256sum` reads."""
    files = sorted(p for p in models.rglob("*") if p.is_file() and p.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(models).as_posix()}" for p in files]
    (models / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_checksums(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "models")
