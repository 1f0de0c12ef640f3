package dev.provisioning.crds;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What fabric8's generator says of a kind, before our own rules. */
final class RawCrds {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private RawCrds() {}

  /** The CustomResourceDefinitions of these kinds by their names, in the same order. */
  static Map<String, ObjectNode> of(List<Class<? extends HasMetadata>> kinds) {
    Map<String, ObjectNode> crds = new LinkedHashMap<>();
    for (Class<? extends HasMetadata> kind : kinds) {
      Memory output = new Memory();
      new CRDGenerator().customResourceClasses(kind).withOutput(output).generate();
      output.files.forEach((name, bytes) -> crds.put(plainName(name), parse(bytes)));
    }
    return crds;
  }

  private static String plainName(String fileName) {
    return fileName.replaceFirst("-v1$", "");
  }

  private static ObjectNode parse(ByteArrayOutputStream bytes) {
    try {
      return (ObjectNode) YAML.readTree(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps what the generator writes. */
  private static final class Memory extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {
    private final Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();

    @Override
    protected ByteArrayOutputStream createStreamFor(String crdName) {
      return files.computeIfAbsent(crdName, name -> new ByteArrayOutputStream());
    }
  }
}
