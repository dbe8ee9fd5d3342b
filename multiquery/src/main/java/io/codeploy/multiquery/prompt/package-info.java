/**
 * The prompt of {@code multiquery}: what may be typed there is {@code docs/prompt.md}.
 *
 * <p>{@link io.codeploy.multiquery.prompt.Prompt} takes what is typed from a {@link
 * io.codeploy.multiquery.prompt.Keyboard}, has {@code LineParser} turn it into a {@link
 * io.codeploy.multiquery.prompt.Line}, changes its {@link
 * io.codeploy.multiquery.prompt.PromptState} or gives a command to {@link
 * io.codeploy.multiquery.prompt.Runs}, and keeps the result as {@link
 * io.codeploy.multiquery.prompt.LastRun}, which result sets come from. All but the loop, and the
 * keyboard over JLine, is pure. Depends on {@code query}, {@code select}, {@code inventory}, {@code
 * barrier}, {@code output}, {@code connect} and {@code node}.
 */
@NullMarked
package io.codeploy.multiquery.prompt;

import org.jspecify.annotations.NullMarked;
