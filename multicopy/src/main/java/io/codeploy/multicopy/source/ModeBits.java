package io.codeploy.multicopy.source;

/** Which bits of modes a copy keeps. */
public enum ModeBits {
  PERMISSIONS(0777),
  /** The set-uid, set-gid and sticky bits as well. */
  ALL(07777);

  private final int mask;

  ModeBits(int mask) {
    this.mask = mask;
  }

  /** These bits. */
  public int mask() {
    return mask;
  }
}
