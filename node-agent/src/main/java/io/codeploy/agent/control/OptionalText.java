package io.codeploy.agent.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;

/** {@code Optional<String>} as a text or null: all that is optional here is text. */
final class OptionalText extends SimpleModule {
  private static final long serialVersionUID = 1L;

  OptionalText() {
    addSerializer(new Writer());
    addDeserializer(Optional.class, new Reader());
  }

  private static final class Writer extends StdSerializer<Optional<?>> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Optional.class, false);
    }

    @Override
    public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        json.writeString((String) value.get());
      } else {
        json.writeNull();
      }
    }
  }

  @SuppressWarnings("rawtypes") // As SimpleModule has it.
  private static final class Reader extends StdDeserializer<Optional> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Optional.class);
    }

    @Override
    public Optional<String> deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        context.reportInputMismatch(this, "text or null expected");
      }
      return Optional.of(json.getText());
    }

    @Override
    public Optional<String> getNullValue(DeserializationContext context) {
      return Optional.empty();
    }
  }
}
