package io.codeploy.multicopy.push;

import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.SourceEntry;

/** How what a node has under a name differs from what it is to have. */
enum Difference {
  /** It has nothing there. */
  ABSENT,
  /** It has the same. */
  NONE,
  /** It has the same content with other permissions, or a directory with another time. */
  ATTRIBUTES,
  /** It has something else, which can be replaced. */
  CONTENT,
  /** It has something that is not ours to replace. */
  BLOCKED;

  /** Contents are taken to be equal where sizes and times are. */
  static Difference of(SourceEntry wanted, Found found) {
    return switch (wanted.kind()) {
      case DIRECTORY -> directory(wanted, found);
      case FILE -> file(wanted, found);
      case LINK -> link(wanted, found);
    };
  }

  private static Difference directory(SourceEntry wanted, Found found) {
    if (found.kind() != Found.Kind.DIRECTORY) {
      return BLOCKED;
    }
    return wanted.mode() == found.mode() && sameTime(wanted, found) ? NONE : ATTRIBUTES;
  }

  private static Difference file(SourceEntry wanted, Found found) {
    return switch (found.kind()) {
      case DIRECTORY, OTHER -> BLOCKED;
      case LINK -> CONTENT;
      case FILE -> {
        if (wanted.size() != found.size() || !sameTime(wanted, found)) {
          yield CONTENT;
        }
        yield wanted.mode() == found.mode() ? NONE : ATTRIBUTES;
      }
    };
  }

  /** Whether both are files that may have the same content, whatever their times are. */
  static boolean isOpen(SourceEntry wanted, Found found) {
    return wanted.isFile() && found.kind() == Found.Kind.FILE && wanted.size() == found.size();
  }

  /** How two files of the same content differ. */
  static Difference ofSameContent(SourceEntry wanted, Found found) {
    return wanted.mode() == found.mode() && sameTime(wanted, found) ? NONE : ATTRIBUTES;
  }

  private static Difference link(SourceEntry wanted, Found found) {
    return switch (found.kind()) {
      case DIRECTORY, OTHER -> BLOCKED;
      case FILE -> CONTENT;
      case LINK -> found.link().filter(wanted.link()::equals).isPresent() ? NONE : CONTENT;
    };
  }

  /** A node whose tar knows whole seconds only has no fraction. */
  private static boolean sameTime(SourceEntry wanted, Found found) {
    return wanted.seconds() == found.seconds()
        && (found.nanos() == 0 || wanted.nanos() == found.nanos());
  }
}
