package io.codeploy.multicopy.source;

/**
 * Whose a file is: a user and a group, each with its number; where it has no name, that is its
 * name.
 *
 * @param uid unsigned, as {@code unix:uid} is
 * @param gid likewise
 */
public record Owner(int uid, String user, int gid, String group) {
  /** The largest number; chown(2) takes the next for "leave it". */
  public static final long MAX_ID = 0xFFFF_FFFEL;
}
