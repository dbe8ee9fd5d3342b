package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.SourceEntry;
import java.util.Optional;

/**
 * A piece of a tar stream.
 *
 * @param bytes what comes first
 * @param content the file whose content follows
 * @param within the file whose content is in {@code bytes}
 */
@SuppressWarnings("ArrayRecordComponent")
record Member(byte[] bytes, Optional<SourceEntry> content, Optional<SourceEntry> within) {
  static Member of(byte[] header) {
    return new Member(header, Optional.empty(), Optional.empty());
  }

  /** A file whose content is in {@code bytes}. */
  static Member whole(byte[] bytes, SourceEntry file) {
    return new Member(bytes, Optional.empty(), Optional.of(file));
  }

  /** A file whose content is read as it is sent. */
  static Member before(byte[] header, SourceEntry content) {
    return new Member(header, Optional.of(content), Optional.empty());
  }
}
