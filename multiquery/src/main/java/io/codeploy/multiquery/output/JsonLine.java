package io.codeploy.multiquery.output;

import io.codeploy.multiquery.query.CapturedOutput;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes one JSON object on one line, key by key, whatever the length of its values. */
public final class JsonLine {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private final Writer writer;
  private String separator = "{";

  JsonLine(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    this.writer = new BufferedWriter(new OutputStreamWriter(this.out, StandardCharsets.UTF_8));
  }

  /** A number. */
  public JsonLine put(String key, long value) throws IOException {
    key(key);
    writer.write(Long.toString(value));
    return this;
  }

  /** A text. */
  public JsonLine put(String key, String value) throws IOException {
    key(key);
    writer.write('"');
    for (int i = 0; i < value.length(); i++) {
      escaped(value.charAt(i));
    }
    writer.write('"');
    return this;
  }

  /** Its length, and its bytes as {@code text} where they are UTF-8, as {@code base64} if not. */
  JsonLine put(String key, CapturedOutput output) throws IOException {
    key(key);
    writer.write("{\"bytes\":" + output.length());
    if (isText(output)) {
      writer.write(",\"text\":\"");
      try (Reader reader = reader(output)) {
        text(reader);
      }
    } else {
      writer.write(",\"base64\":\"");
      writer.flush();
      try (OutputStream encoder = Base64.getEncoder().wrap(new KeptOpen(out))) {
        output.copyTo(encoder);
      }
    }
    writer.write("\"}");
    return this;
  }

  /** Ends the line and lets it out. */
  public void end() throws IOException {
    writer.write("}\n");
    writer.flush();
  }

  private void key(String key) throws IOException {
    writer.write(separator + "\"" + key + "\":");
    separator = ",";
  }

  private static Reader reader(CapturedOutput output) throws IOException {
    InputStream in = output.open();
    // A decoder of its own reports what is not UTF-8; a charset would put question marks there.
    return new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
  }

  private static boolean isText(CapturedOutput output) throws IOException {
    try (Reader reader = reader(output)) {
      reader.transferTo(Writer.nullWriter());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private void text(Reader reader) throws IOException {
    char[] piece = new char[1 << 13];
    for (int n = reader.read(piece); n > 0; n = reader.read(piece)) {
      for (int i = 0; i < n; i++) {
        escaped(piece[i]);
      }
    }
  }

  private void escaped(char c) throws IOException {
    switch (c) {
      case '"', '\\' -> {
        writer.write('\\');
        writer.write(c);
      }
      case '\n' -> writer.write("\\n");
      case '\r' -> writer.write("\\r");
      case '\t' -> writer.write("\\t");
      default -> {
        if (c < 0x20 || c == 0x7f) {
          writer.write("\\u%04x".formatted((int) c));
        } else {
          writer.write(c);
        }
      }
    }
  }

  /** The encoder wants to be closed so as to write its end. */
  private static final class KeptOpen extends FilterOutputStream {
    KeptOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      out.write(bytes, offset, count);
    }

    @Override
    public void close() {}
  }
}
