/**
 * Manifest against disk: what is to be done so that a remote directory becomes the tree that a
 * manifest names.
 *
 * <p>Read {@link io.codeploy.agent.plan.Planner} first. It looks at every path of the manifest
 * without following a link ({@link io.codeploy.agent.plan.OnDisk}), takes files for unchanged by
 * the record of the last deployment ({@link io.codeploy.agent.plan.DeploymentRecords}) or by their
 * checksum, and answers with a {@link io.codeploy.agent.plan.Plan} of {@link
 * io.codeploy.agent.plan.Change}s. Nothing on disk is altered here, but for the records. Depends on
 * {@code control} and on the manifest. Everything runs on the caller's thread.
 */
@NullMarked
package io.codeploy.agent.plan;

import org.jspecify.annotations.NullMarked;
