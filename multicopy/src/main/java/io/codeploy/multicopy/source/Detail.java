package io.codeploy.multicopy.source;

import java.util.List;
import java.util.Set;

/** What a copy keeps when asked, beside contents, permission bits and times. */
public enum Detail {
  /** The set-uid, set-gid and sticky bits. */
  SPECIAL,
  OWNER,
  GROUP,
  /** That names of a source mean one file. */
  LINKS,
  /** Extended attributes that are a user's. */
  XATTRS;

  private static final int PERMISSIONS = 0777;
  private static final int ALL = 07777;

  /** The bits of modes that are kept. */
  public static int modeMask(Set<Detail> details) {
    return details.contains(SPECIAL) ? ALL : PERMISSIONS;
  }

  /** Whether it has to be known whose a file is, or which. */
  public static boolean identifies(Set<Detail> details) {
    return details.contains(OWNER) || details.contains(GROUP) || details.contains(LINKS);
  }

  /** What scripts that list files are told of it: two words, perhaps empty. */
  public static List<String> words(Set<Detail> details) {
    return List.of(identifies(details) ? "id" : "", details.contains(XATTRS) ? "xattrs" : "");
  }
}
