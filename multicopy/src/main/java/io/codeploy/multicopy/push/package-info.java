/**
 * Push to a node by its shell: a tar stream into a stage, a check, renames.
 *
 * <p>{@link io.codeploy.multicopy.push.ShellPush} goes through the steps for one node; {@code
 * NodeTree} says what the node lacks, {@code TarStream} sends it, {@code FinishScript} puts it into
 * its place. Depends on {@code compress}, {@code expand}, {@code plan}, {@code progress}, {@code
 * pull}, {@code relay}, {@code shell}, {@code source} and on multiquery.
 */
@NullMarked
package io.codeploy.multicopy.push;

import org.jspecify.annotations.NullMarked;
