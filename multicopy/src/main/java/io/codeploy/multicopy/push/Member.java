package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.SourceEntry;
import java.util.Optional;

/**
 * A piece of a tar stream.
 *
 * @param header what comes first
 * @param content the file whose content follows
 */
@SuppressWarnings("ArrayRecordComponent")
record Member(byte[] header, Optional<SourceEntry> content) {
  static Member of(byte[] header) {
    return new Member(header, Optional.empty());
  }
}
