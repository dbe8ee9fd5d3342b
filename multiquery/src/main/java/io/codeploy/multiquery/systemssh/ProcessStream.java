package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.connect.ByteStream;
import java.io.InputStream;
import java.io.OutputStream;

/** Standard input and output of an ssh process, which is ended by closing. */
final class ProcessStream implements ByteStream {
  private final Process process;
  private final QueuedInput in;
  private final QueuedOutput out;

  ProcessStream(Process process, QueuedInput.Ending ending) {
    this.process = process;
    this.in = new QueuedInput(process.getInputStream(), ending);
    this.out = new QueuedOutput(process.getOutputStream());
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    in.close();
    out.letGo();
  }
}
