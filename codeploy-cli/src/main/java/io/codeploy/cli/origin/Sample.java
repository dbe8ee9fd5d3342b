package io.codeploy.cli.origin;

import java.nio.file.Path;
import okhttp3.HttpUrl;

/**
 * A run of bytes that is fetched through a URL and compared with a file.
 *
 * @param offset of its first byte
 * @param length bytes, at least 1
 */
record Sample(HttpUrl url, Path file, long offset, int length) {}
