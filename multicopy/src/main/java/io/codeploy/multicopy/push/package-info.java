/**
 * Push to a node by its shell: a tar stream into a stage, a check, renames.
 *
 * <p>{@link io.codeploy.multicopy.push.ShellPush} goes through the steps for one node; {@code
 * NodeTree} says what the node lacks, {@code TarStream} sends it, {@code FinishScript} puts it into
 * its place. The only user of Commons Compress in this module. Depends on {@code plan}, {@code
 * shell}, {@code source}, {@code progress} and on multiquery.
 */
@NullMarked
package io.codeploy.multicopy.push;

import org.jspecify.annotations.NullMarked;
