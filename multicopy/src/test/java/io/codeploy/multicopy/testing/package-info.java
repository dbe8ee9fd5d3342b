/** What tests of several packages use. */
@NullMarked
package io.codeploy.multicopy.testing;

import org.jspecify.annotations.NullMarked;
