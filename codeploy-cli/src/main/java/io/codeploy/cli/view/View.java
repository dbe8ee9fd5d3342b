package io.codeploy.cli.view;

import io.codeploy.cli.deploy.DeployListener;
import io.codeploy.cli.deploy.DeployResult;

/** Shows a run. */
public interface View extends DeployListener {
  /** Shows how the run ended; called once, after the last event. */
  void finish(DeployResult result);
}
