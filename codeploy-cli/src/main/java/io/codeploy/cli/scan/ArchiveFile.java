package io.codeploy.cli.scan;

import java.nio.file.Path;

/** An archive on disk. */
record ArchiveFile(Path file, KnownArchive known) {}
