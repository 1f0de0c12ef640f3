package dev.provisioning.operator.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/troubleshooting.md says of every mistake of the tables what is read and what helps. */
class TroubleshootingTest {
  private static final Path PAGE = Mistakes.repository().resolve("docs/troubleshooting.md");
  private static final String END = "<!-- end -->";
  private static final String TOLD = "| mistake | the resource says | do |\n|---|---|---|\n";
  private static final Map<String, String> HEADS =
      Map.of(
          "manifests", "| mistake | kubectl says |\n|---|---|\n",
          "worlds", TOLD,
          "machines", TOLD,
          "services", TOLD);

  @ParameterizedTest
  @CsvSource({"manifests", "worlds", "machines", "services"})
  void everyMistakeIsThereWithItsRemedy(String table) {
    String page = Mistakes.text(PAGE);
    String rows = rows(table);
    String begin = "<!-- mistakes: " + table + " -->\n";
    if (rows.isEmpty()) {
      assertThat(page).as("a table of drafts alone is not told").doesNotContain(begin);
      return;
    }
    assertThat(page).contains(begin);
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(END, from);
    String wanted = HEADS.get(table) + rows;
    if (Mistakes.WRITE) {
      Mistakes.write(PAGE, page.substring(0, from) + wanted + page.substring(to));
    } else {
      assertThat(page.substring(from, to)).isEqualTo(wanted);
    }
  }

  @Test
  void noMistakeIsThereTwice() {
    List<String> titles =
        Stream.of("manifests", "worlds", "machines", "services")
            .flatMap(table -> Mistakes.of(table).stream())
            .map(Mistake::title)
            .toList();
    assertThat(titles).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(100);
  }

  private static String rows(String table) {
    return Mistakes.of(table).stream()
        .filter(Mistake::isRead)
        .map(mistake -> table.equals("manifests") ? refused(mistake) : told(mistake))
        .collect(Collectors.joining());
  }

  private static String refused(Mistake mistake) {
    String words =
        mistake.says().stream()
            .map(line -> line.replaceFirst("^The \\w+ \"[^\"]+\" is invalid: ?", ""))
            .map(line -> line.replaceFirst("^[*] ", ""))
            .filter(line -> !line.isBlank() && !line.contains("some validation rules were not"))
            .map(TroubleshootingTest::cell)
            .collect(Collectors.joining("<br>"));
    String remedy = mistake.remedy().isEmpty() ? "" : "<br>**Do:** " + mistake.remedy();
    return "| %s | %s%s |\n".formatted(mistake.title(), words, remedy);
  }

  private static String told(Mistake mistake) {
    String words =
        mistake.says().stream().map(TroubleshootingTest::cell).collect(Collectors.joining("<br>"));
    return "| %s | %s | %s |\n".formatted(mistake.title(), words, mistake.remedy());
  }

  private static String cell(String text) {
    return "`" + text.replace("|", "\\|").replace("`", "'") + "`";
  }
}
