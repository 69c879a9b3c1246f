package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedIdentityTest {

    private static final ExpectedIdentity ADA =
            new ExpectedIdentity("oid-1", "tenant", "ada@example.com", "ada.l@example.com", "ada@login.example.com");

    @ParameterizedTest(name = "id {0}, e-mail {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "oid-1, ada@example.com, true",
                "oid-1, somebody@else.com, true",
                "OID-1, -, true",
                "-, ada@example.com, true",
                "-, ADA@Example.COM, true",
                "-, ada.l@example.com, true",
                "-, ada@login.example.com, true",
                "oid-2, ada@example.com, true",
                "oid-2, eve@example.com, false",
                "oid-2, -, false",
                "-, eve@example.com, false",
                "-, -, false",
                "-, tenant, false",
                "tenant, -, false",
                "-, oid-1, false"
            })
    void aGrantFitsByIdOrElseByOneOfTheNames(String providerUserId, String email, boolean fits) {
        assertThat(ADA.fits(providerUserId, email)).isEqualTo(fits);
    }

    @ParameterizedTest(name = "expected {0}, answered {1}: {2}")
    @CsvSource({
        "00000000-0000-0000-0123-456789abcdef, 0123456789abcdef, true",
        "0123456789abcdef, 00000000-0000-0000-0123-456789ABCDEF, true",
        "00000000-0000-0000-0123-456789abcdef, 0123456789abcdee, false",
        "10000000-0000-0000-0123-456789abcdef, 0123456789abcdef, false"
    })
    void aPersonalAccountsIdIsTheSameInBothSpellings(String expected, String answered, boolean fits) {
        ExpectedIdentity person = new ExpectedIdentity(expected, null, null, null, null);

        assertThat(person.fits(answered, null)).isEqualTo(fits);
    }

    @Test
    void someoneOfWhomNothingIsKnownFitsNoMailbox() {
        ExpectedIdentity nobody = new ExpectedIdentity(null, null, null, null, null);

        assertThat(nobody.fits(null, null)).isFalse();
        assertThat(nobody.fits("oid-1", "ada@example.com")).isFalse();
    }

    @Test
    void theCaseOfNamesIsFoldedTheSameOnEveryServer() {
        ExpectedIdentity person = new ExpectedIdentity(null, null, "INFO@EXAMPLE.COM", null, null);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(person.fits(null, "info@example.com")).isTrue();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void itComesBackFromItsColumnAsItWent() {
        ExpectedIdentity odd = new ExpectedIdentity("o\"id", null, "ä\u0000\\@x", "\ud800", null);

        assertThat(ExpectedIdentityJson.read(ExpectedIdentityJson.write(odd))).isEqualTo(odd);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "''", "no json", "[]", "'{\"mail\":{}}'"})
    void whatCannotBeReadFitsNobody(String column) {
        assertThat(ExpectedIdentityJson.read(column).fits("oid-1", "ada@example.com"))
                .isFalse();
    }

    @Test
    void aNewerVersionMayAddToTheColumn() {
        assertThat(ExpectedIdentityJson.read("{\"mail\":\"ada@example.com\",\"novelty\":1}")
                        .fits(null, "ada@example.com"))
                .isTrue();
    }
}
