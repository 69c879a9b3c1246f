package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloaknylas.admin.NylasAdminResource;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares docs/openapi.json with the resources that it describes. */
class OpenApiTest {

    private static final JsonNode DOCUMENT = read();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

    @Test
    void everyRouteOfTheResourcesIsDescribedAndNoOther() {
        Map<String, Method> routes = routes();

        assertThat(operations().keySet()).isEqualTo(routes.keySet());
    }

    @Test
    void everyQueryParameterAndEveryBodyIsDescribed() {
        Map<String, JsonNode> operations = operations();

        routes().forEach((route, method) -> {
            JsonNode operation = operations.get(route);
            Set<String> described = new TreeSet<>();
            operation
                    .path("parameters")
                    .forEach(parameter -> described.add(parameter.path("name").asText()));
            assertThat(described).as(route).isEqualTo(queryParameters(method));
            assertThat(operation.has("requestBody")).as(route).isEqualTo(hasBody(method));
        });
    }

    @Test
    void everySchemaHasTheFieldsOfItsRecord() throws ClassNotFoundException {
        Map<String, String> records = Map.ofEntries(
                Map.entry("Grant", "management.GrantReport"),
                Map.entry("FailureReport", "management.FailureReport"),
                Map.entry("GrantPage", "management.GrantPage"),
                Map.entry("Deletion", "management.DeletionReport"),
                Map.entry("DeletionPage", "management.DeletionReport$Page"),
                Map.entry("Decided", "management.Decided"),
                Map.entry("Status", "management.StatusReport"),
                Map.entry("ServerStatus", "management.StatusReport$Server"),
                Map.entry("ApplicationStatus", "management.StatusReport$Application"),
                Map.entry("OpenBreaker", "limits.OpenBreaker"),
                Map.entry("Reconciliation", "admin.ReconciliationReport"),
                Map.entry("UnknownGrants", "admin.UnknownGrantsReport"),
                Map.entry("UnknownGrant", "admin.UnknownGrantsReport$Grant"),
                Map.entry("Webhook", "admin.WebhookReport"),
                Map.entry("SetUp", "setup.SetupReport"),
                Map.entry("SetupStep", "setup.SetupStep"),
                Map.entry("Finding", "setup.Finding"),
                Map.entry("HistoryEntry", "management.HistoryReport"),
                Map.entry("Backfill", "admin.BackfillReport"),
                Map.entry("BackfillOutcomes", "ledger.BackfillOutcomes"),
                Map.entry("HistoryPage", "management.HistoryReport$Page"));
        Set<String> others = Set.of("Error", "Count", "Selection", "BackfillRequest");
        JsonNode schemas = DOCUMENT.path("components").path("schemas");

        Set<String> described = new HashSet<>(names(schemas));
        described.removeAll(others);
        assertThat(described).isEqualTo(records.keySet());
        for (Map.Entry<String, String> entry : records.entrySet()) {
            Class<?> type = Class.forName("io.github.keycloaknylas." + entry.getValue());
            assertThat(names(schemas.path(entry.getKey()).path("properties")))
                    .as(entry.getKey())
                    .isEqualTo(components(type));
        }
    }

    @Test
    void everyReferenceLeadsToSomething() {
        Set<String> broken = new TreeSet<>();
        DOCUMENT.findValuesAsText("$ref").stream()
                .filter(reference -> DOCUMENT.at(reference.substring(1)).isMissingNode())
                .forEach(broken::add);

        assertThat(broken).isEmpty();
    }

    @Test
    void everyOperationSaysWhatItDoesAndWhichRolesItNeeds() {
        operations().forEach((route, operation) -> {
            assertThat(operation.path("summary").asText()).as(route).endsWith(".");
            assertThat(operation.path("description").asText()).as(route).startsWith("Roles: ");
            assertThat(names(operation.path("responses"))).as(route).contains("200", "401", "403");
        });
    }

    private static Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        DOCUMENT.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        operations.put(operation.getKey() + " " + path.getKey(), operation.getValue());
                    }
                }));
        return operations;
    }

    private static Map<String, Method> routes() {
        Map<String, Method> routes = new TreeMap<>();
        collect(NylasAdminResource.class, "", routes);
        return routes;
    }

    private static void collect(Class<?> resource, String prefix, Map<String, Method> routes) {
        for (Method method : resource.getDeclaredMethods()) {
            String path = prefix
                    + Optional.ofNullable(method.getAnnotation(Path.class))
                            .map(found -> "/" + found.value())
                            .orElse("");
            Optional<String> verb = verb(method);
            if (verb.isPresent()) {
                routes.put(verb.get() + " " + path, method);
            } else if (method.isAnnotationPresent(Path.class)) {
                collect(method.getReturnType(), path, routes);
            }
        }
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(found -> found != null)
                .map(found -> found.value().toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static Set<String> queryParameters(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            Stream<? extends AnnotatedElement> elements = parameter.isAnnotationPresent(BeanParam.class)
                    ? Arrays.stream(parameter.getType().getDeclaredFields())
                    : Stream.of(parameter);
            elements.map(element -> element.getAnnotation(QueryParam.class))
                    .filter(found -> found != null)
                    .forEach(found -> names.add(found.value()));
        }
        return names;
    }

    private static boolean hasBody(Method method) {
        return Arrays.stream(method.getParameters()).anyMatch(parameter -> parameter.getAnnotations().length == 0);
    }

    private static Set<String> components(Class<?> type) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).forEach(names::add);
        return names;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Files.readString(java.nio.file.Path.of("docs", "openapi.json")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
