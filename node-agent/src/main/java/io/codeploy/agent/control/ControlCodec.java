package io.codeploy.agent.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * The JSON of controller and agent, as the page {@code agent-control.md} of {@code docs/formats}
 * has it. Strict: unknown, missing and repeated keys, wrong types and trailing text are errors.
 */
public final class ControlCodec {
  /** Of a message. */
  public static final int MAX_BYTES = 16 << 20;

  private static final int MAX_NESTING = 16;
  private static final JsonMapper JSON = mapper();

  private ControlCodec() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = AgentEvent.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = AgentEvent.Report.class, name = "report")
  })
  private interface TaggedEvent {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = OriginSpec.ChunkServer.class, name = "chunk-server"),
    @JsonSubTypes.Type(value = OriginSpec.WebTree.class, name = "web-tree")
  })
  private interface TaggedOrigin {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Extent.Whole.class, name = "whole"),
    @JsonSubTypes.Type(value = Extent.Part.class, name = "part")
  })
  private interface TaggedExtent {}

  /** The body of {@code POST /v1/deployments}. */
  public static byte[] encode(DeployRequest request) {
    return bytes(request);
  }

  /** Reads {@link #encode(DeployRequest)}'s result; reads no more than {@link #MAX_BYTES}. */
  public static DeployRequest decodeRequest(InputStream body) throws IOException {
    return read(body.readNBytes(MAX_BYTES + 1), DeployRequest.class);
  }

  /** The same through gzip: lists of members are long, and each is much like the one before. */
  public static byte[] encodePacked(DeployRequest request) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(encode(request));
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written", e);
    }
    return packed.toByteArray();
  }

  /** Reads {@link #encodePacked}'s result; unpacks no more than {@link #MAX_BYTES}. */
  public static DeployRequest decodePackedRequest(InputStream body) throws IOException {
    try (InputStream plain = new GZIPInputStream(body)) {
      return decodeRequest(plain);
    } catch (ZipException | EOFException e) {
      throw new MalformedMessageException("not gzip: " + e.getMessage(), e);
    }
  }

  /** One line, without its end. */
  public static String encode(AgentEvent event) {
    return new String(bytes(event), StandardCharsets.UTF_8);
  }

  /** Reads a line of events. */
  public static AgentEvent decodeEvent(String line) throws MalformedMessageException {
    return read(line.getBytes(StandardCharsets.UTF_8), AgentEvent.class);
  }

  /** The body of {@code POST /v1/reach}. */
  public static byte[] encode(ReachRequest request) {
    return bytes(request);
  }

  /** Reads {@link #encode(ReachRequest)}'s result. */
  public static ReachRequest decodeReachRequest(InputStream body) throws IOException {
    return read(body.readNBytes(MAX_BYTES + 1), ReachRequest.class);
  }

  /** The answer to {@code POST /v1/reach}. */
  public static byte[] encode(ReachAnswer answer) {
    return bytes(answer);
  }

  /** Reads {@link #encode(ReachAnswer)}'s result. */
  public static ReachAnswer decodeReachAnswer(byte[] body) throws MalformedMessageException {
    return read(body, ReachAnswer.class);
  }

  /** The body of {@code POST /v1/near}. */
  public static byte[] encode(NearRequest request) {
    return bytes(request);
  }

  /** Reads {@link #encode(NearRequest)}'s result. */
  public static NearRequest decodeNearRequest(InputStream body) throws IOException {
    return read(body.readNBytes(MAX_BYTES + 1), NearRequest.class);
  }

  /** The answer to {@code POST /v1/near}. */
  public static byte[] encode(NearAnswer answer) {
    return bytes(answer);
  }

  /** Reads {@link #encode(NearAnswer)}'s result. */
  public static NearAnswer decodeNearAnswer(byte[] body) throws MalformedMessageException {
    return read(body, NearAnswer.class);
  }

  /** The body of {@code POST /v1/end}. */
  public static byte[] encode(EndRequest request) {
    return bytes(request);
  }

  /** Reads {@link #encode(EndRequest)}'s result. */
  public static EndRequest decodeEndRequest(InputStream body) throws IOException {
    return read(body.readNBytes(MAX_BYTES + 1), EndRequest.class);
  }

  /** The body of {@code POST /v1/seed}. */
  public static byte[] encode(SeedRequest request) {
    return bytes(request);
  }

  /** Reads {@link #encode(SeedRequest)}'s result. */
  public static SeedRequest decodeSeedRequest(InputStream body) throws IOException {
    return read(body.readNBytes(MAX_BYTES + 1), SeedRequest.class);
  }

  /** The answer to {@code GET /v1/status}. */
  public static byte[] encode(AgentStatus status) {
    return bytes(status);
  }

  /** Reads {@link #encode(AgentStatus)}'s result. */
  public static AgentStatus decodeStatus(byte[] body) throws MalformedMessageException {
    return read(body, AgentStatus.class);
  }

  private static byte[] bytes(Object message) {
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("records of this package can be written", e);
    }
  }

  private static <T> T read(byte[] bytes, Class<T> type) throws MalformedMessageException {
    if (bytes.length > MAX_BYTES) {
      throw new MalformedMessageException("a message of more than " + MAX_BYTES + " bytes");
    }
    try {
      T message = JSON.readValue(bytes, type);
      if (message == null) {
        throw new MalformedMessageException("null is no " + type.getSimpleName());
      }
      return message;
    } catch (MalformedMessageException e) {
      throw e;
    } catch (IOException e) {
      throw new MalformedMessageException(reason(type, e), e);
    }
  }

  private static String reason(Class<?> type, IOException e) {
    String where = e instanceof JsonMappingException mapping ? mapping.getPathReference() : "";
    String why = e instanceof JsonProcessingException json ? json.getOriginalMessage() : "" + e;
    String line = "not a " + type.getSimpleName() + ": " + why + " " + where;
    return line.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            text -> {
              text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
              text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
              text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
        .addMixIn(AgentEvent.class, TaggedEvent.class)
        .addMixIn(OriginSpec.class, TaggedOrigin.class)
        .addMixIn(Extent.class, TaggedExtent.class)
        .addModule(new OptionalText())
        .build();
  }
}
