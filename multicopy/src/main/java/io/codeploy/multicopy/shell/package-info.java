/**
 * What a node's shell is asked and answers: the look at a destination, and its stage.
 *
 * <p>{@link io.codeploy.multicopy.shell.Look} holds the one script that stays for as long as a copy
 * lasts. Names are in wire form. Depends on {@code source}, {@code progress} and on multiquery.
 */
@NullMarked
package io.codeploy.multicopy.shell;

import org.jspecify.annotations.NullMarked;
