/**
 * What tests of several packages share: {@link io.codeploy.multiquery.testing.ScriptedConnector}
 * for nodes without SSH, {@link io.codeploy.multiquery.testing.ManualTime} for time that tests
 * move.
 */
@NullMarked
package io.codeploy.multiquery.testing;

import org.jspecify.annotations.NullMarked;
