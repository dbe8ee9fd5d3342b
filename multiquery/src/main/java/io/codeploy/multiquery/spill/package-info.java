/** Bytes that wait on disk instead of in memory, and of which no end of the process leaves any. */
@NullMarked
package io.codeploy.multiquery.spill;

import org.jspecify.annotations.NullMarked;
