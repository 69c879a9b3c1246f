package io.github.keycloaknylas.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloaknylas.support.mail.ExampleMail;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/** Which mail provider serves an identity provider. */
class MailProvidersTest {

    private final MailProviders providers = new MailProviders(List.of(new Microsoft(), new ExampleMail()));

    private static IdentityProviderModel broker(String kind, String tokenUrl) {
        IdentityProviderModel broker = new IdentityProviderModel();
        broker.setProviderId(kind);
        broker.getConfig().put("tokenUrl", tokenUrl);
        return broker;
    }

    @ParameterizedTest
    @CsvSource({
        "microsoft, https://example-mail.test/token, microsoft",
        "oidc, https://login.microsoftonline.com/common/oauth2/v2.0/token, microsoft",
        "oidc, https://sso.contoso.example/token, microsoft",
        "keycloak-oidc, https://sso.contoso.example/token, microsoft",
        "saml, https://sso.contoso.example/token, microsoft",
        "oidc, https://example-mail.test/token, example",
    })
    void theOneThatRecognisesItOrElseTheFallback(String kind, String tokenUrl, String name) {
        assertThat(providers.of(broker(kind, tokenUrl)).name()).isEqualTo(name);
    }

    @Test
    void theFallbackIsAskedLastWhateverTheOrder() {
        assertThat(providers.all()).extracting(MailProvider::name).containsExactly("example", "microsoft");
        assertThat(providers.fallback().name()).isEqualTo("microsoft");
        assertThat(new MailProviders(List.of(new ExampleMail(), new Microsoft())).all())
                .extracting(MailProvider::name)
                .containsExactly("example", "microsoft");
    }

    @Test
    void anIdentityProviderThatIsGoneIsTheFallbacks() {
        FakeKeycloak keycloak = new FakeKeycloak(null);
        keycloak.provider("realm", "entra", Map.of());
        KeycloakSession session = keycloak.session();
        assertThat(providers.of(session, "entra").name()).isEqualTo("microsoft");
        session.getContext().setRealm(keycloak.realm("realm"));

        assertThat(providers.of(session, "entra").name()).isEqualTo("microsoft");
        assertThat(providers.of(session, "gone").name()).isEqualTo("microsoft");
        assertThat(providers.of(session, null).name()).isEqualTo("microsoft");
        assertThat(providers.of(null).name()).isEqualTo("microsoft");
    }

    @Test
    void theirNamesMakeASentence() {
        assertThat(new MailProviders(List.of(new Microsoft())).names()).isEqualTo("Microsoft");
        assertThat(providers.names()).isEqualTo("Example Mail or Microsoft");
        assertThat(new MailProviders(List.of(new Microsoft(), new ExampleMail(), new ExampleMail())).names())
                .isEqualTo("Example Mail, Example Mail or Microsoft");
    }

    @Test
    void thisExtensionBringsMicrosoftAlone() {
        assertThat(MailProviders.installed().all())
                .extracting(MailProvider::name)
                .containsExactly("microsoft");
    }

    @Test
    void anotherJarMayBringAnother(@TempDir Path jar) throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(MailProvider.class.getName()), ExampleMail.class.getName());
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, MailProvider.class.getClassLoader())) {
            assertThat(MailProviders.load(loader).all())
                    .extracting(MailProvider::name)
                    .containsExactly("example", "microsoft");
        }
    }

    @Test
    void withoutAnyTheExtensionIsBroken() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MailProviders(List.of()));
    }
}
