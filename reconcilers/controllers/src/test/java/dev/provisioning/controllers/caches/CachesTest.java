package dev.provisioning.controllers.caches;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class CachesTest {
  @Test
  void every_cache_of_the_shell_begins_here() {
    noClasses()
        .that()
        .areNotAssignableTo(Caches.class)
        .should()
        .callMethod(Caffeine.class, "newBuilder")
        .because("its upkeep would run in the common pool, where answers of HTTP wait, too")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.provisioning.controllers"));
  }

  @Test
  void upkeep_runs_in_the_thread_that_uses_the_cache() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Cache<Integer, String> cache =
        Caches.newBuilder()
            .maximumSize(10)
            .evictionListener((key, value, cause) -> threads.add(Thread.currentThread()))
            .build();
    for (int i = 0; i < 1_000; i++) {
      cache.put(i, "used");
    }
    assertThat(cache.estimatedSize()).isLessThanOrEqualTo(10);
    assertThat(threads).containsExactly(Thread.currentThread());
  }
}
