/**
 * The {@code multicopy} command.
 *
 * <p>{@code Main} → {@code MulticopyCommand} expands the arguments for each node into a request →
 * {@code CopyEngine} → views → exit status. What it shares with the other commands is in {@code
 * multiquery.command}.
 */
@NullMarked
package io.codeploy.multicopy.command;

import org.jspecify.annotations.NullMarked;
