package io.codeploy.cli.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.codeploy.cli.deploy.DeployEvent;
import io.codeploy.cli.deploy.DeployResult;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** One JSON object a line for each event, and one for the end. */
final class JsonView implements View {
  /** Writes the members of one object. */
  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private static final JsonFactory FACTORY = new JsonFactory();

  private final PrintStream out;

  JsonView(PrintStream out) {
    this.out = out;
  }

  @Override
  public void on(DeployEvent event) {
    print(json -> JsonEvents.write(event, json));
  }

  @Override
  public void finish(DeployResult result) {
    print(json -> JsonEvents.writeSummary(result, json));
  }

  /** The object for the end of a run, without the end of its line. */
  static String summary(DeployResult result) {
    return object(json -> JsonEvents.writeSummary(result, json));
  }

  private void print(Members members) {
    out.println(object(members));
    out.flush();
  }

  private static String object(Members members) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(line)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return line.toString();
  }
}
