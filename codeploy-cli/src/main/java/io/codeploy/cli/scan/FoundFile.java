package io.codeploy.cli.scan;

import io.codeploy.chunkcache.manifest.RelativePath;
import java.nio.file.Path;

/**
 * A regular file that a walk found.
 *
 * @param file where it is
 * @param mode permission bits
 */
record FoundFile(RelativePath path, Path file, int mode, FileStamp stamp) {}
