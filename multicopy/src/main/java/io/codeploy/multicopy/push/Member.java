package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.SourceEntry;
import java.util.Optional;

/**
 * A piece of a tar stream.
 *
 * @param bytes what comes first
 * @param content the file whose content follows
 * @param files how many files it completes
 */
@SuppressWarnings("ArrayRecordComponent")
record Member(byte[] bytes, Optional<SourceEntry> content, int files) {
  static Member of(byte[] header) {
    return new Member(header, Optional.empty(), 0);
  }

  /** A file whose content is in {@code bytes}. */
  static Member whole(byte[] bytes) {
    return new Member(bytes, Optional.empty(), 1);
  }

  /** A file whose content is read as it is sent. */
  static Member before(byte[] header, SourceEntry content) {
    return new Member(header, Optional.of(content), 1);
  }
}
