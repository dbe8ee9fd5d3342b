package io.codeploy.cli.scan;

import io.codeploy.chunkcache.manifest.Entry;
import java.util.List;

/**
 * What a walk found.
 *
 * @param others directories and links, sorted by path
 * @param files sorted by path
 * @param warnings of entries that were left out
 */
record FoundTree(List<Entry> others, List<FoundFile> files, List<String> warnings) {}
