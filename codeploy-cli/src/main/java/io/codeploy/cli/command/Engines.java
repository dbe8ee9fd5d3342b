package io.codeploy.cli.command;

import io.codeploy.cli.deploy.DeployListener;
import io.codeploy.cli.deploy.DeployResult;
import io.codeploy.cli.deploy.StopResult;
import io.codeploy.cli.origin.OriginException;
import io.codeploy.cli.scan.ScanException;
import java.io.IOException;

/** What the command can have done. Interrupting the calling thread stops either. */
interface Engines {
  /**
   * Deploys.
   *
   * @throws IOException if the distribution is incomplete
   */
  DeployResult deploy(Invocation invocation, DeployListener listener)
      throws ScanException, OriginException, IOException;

  /** Ends agents. */
  StopResult stop(StopRequest request) throws IOException;
}
