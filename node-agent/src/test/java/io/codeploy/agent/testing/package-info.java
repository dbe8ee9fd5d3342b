/** What the tests of this module share. */
@NullMarked
package io.codeploy.agent.testing;

import org.jspecify.annotations.NullMarked;
