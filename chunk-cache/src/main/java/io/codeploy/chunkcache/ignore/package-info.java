/**
 * Which paths a tree is made without, and keeps all the same, by patterns in gitignore syntax.
 *
 * <p>Read {@link io.codeploy.chunkcache.ignore.IgnoreRules} first. A line is an {@code
 * IgnorePattern}, which {@code Glob} reads into {@code Wildcards} over the names of a path, and
 * over the characters of each name. Values and pure functions. Depends on the JDK alone.
 */
@NullMarked
package io.codeploy.chunkcache.ignore;

import org.jspecify.annotations.NullMarked;
