package io.codeploy.chunkcache.manifest;

/** The first byte of an entry. */
enum EntryKind {
  DIRECTORY(0),
  FILE(1),
  SYMLINK(2);

  private final int code;

  EntryKind(int code) {
    this.code = code;
  }

  static EntryKind of(Entry entry) {
    return switch (entry) {
      case Directory directory -> DIRECTORY;
      case RegularFile file -> FILE;
      case Symlink link -> SYMLINK;
    };
  }

  static EntryKind read(ByteReader in) throws MalformedManifestException {
    int code = in.readByte();
    return switch (code) {
      case 0 -> DIRECTORY;
      case 1 -> FILE;
      case 2 -> SYMLINK;
      default -> throw new MalformedManifestException("kind " + code + " of an entry is unknown");
    };
  }

  void write(ByteWriter out) {
    out.writeByte(code);
  }
}
