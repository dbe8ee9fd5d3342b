package io.codeploy.cli.deploy;

import io.codeploy.agent.control.OriginSpec;

/**
 * A member and where it finds the origin.
 *
 * @param access whether it reaches it there
 */
record Reachable(Member member, OriginSpec origin, boolean access) {}
