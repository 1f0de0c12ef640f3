package dev.provisioning.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/catalogue.md, made with {@code -Dcatalogue.write=true}. */
class CataloguePageTest {
  private static final Path PAGE = Catalogue.repository().resolve("docs/catalogue.md");

  @Test
  void thePageTellsWhatTheDefinitionsSay() throws IOException {
    if (Boolean.getBoolean("catalogue.write")) {
      Files.writeString(PAGE, CataloguePage.text());
    }
    assertThat(PAGE).hasContent(CataloguePage.text());
  }
}
