package io.codeploy.cli.scan;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A file is no longer what it was a moment ago. */
final class ChangedFileException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  ChangedFileException(Path file) {
    super(file + " changes while it is read; run codeploy again when it rests, or --exclude it");
  }
}
