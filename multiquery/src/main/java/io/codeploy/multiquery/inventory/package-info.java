/**
 * Groups of nodes in the files of other tools.
 *
 * <p>Read {@link io.codeploy.multiquery.inventory.GroupSource} first; every other class but {@link
 * io.codeploy.multiquery.inventory.Groups}, which asks them in turn, is one source. What is read of
 * each format is told in {@code docs/formats/node-list.md}. Files are read when a group is asked
 * for. Depends on {@code node}.
 */
@NullMarked
package io.codeploy.multiquery.inventory;

import org.jspecify.annotations.NullMarked;
