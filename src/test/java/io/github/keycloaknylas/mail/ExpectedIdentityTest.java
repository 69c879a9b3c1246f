package io.github.keycloaknylas.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedIdentityTest {

    private static final MailProvider PROVIDER = new Microsoft();
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
        assertThat(ADA.fits(providerUserId, email, PROVIDER)).isEqualTo(fits);
    }

    @ParameterizedTest(name = "id {0}, e-mail {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "oid-1, eve@example.com, SAME_ID",
                "OID-1, ada@example.com, SAME_ID",
                "oid-2, ADA@example.com, OTHER_ID_SAME_ADDRESS",
                "oid-2, eve@example.com, OTHER_ID",
                "oid-2, -, OTHER_ID",
                "-, ada@login.example.com, SAME_ADDRESS",
                "' ', ada@example.com, SAME_ADDRESS",
                "-, eve@example.com, NEITHER",
                "-, -, NEITHER",
                "'', '', NEITHER"
            })
    void aGrantIsComparedByIdAndByAddress(String providerUserId, String email, IdentityMatch match) {
        assertThat(ADA.compare(providerUserId, email, PROVIDER)).isEqualTo(match);
    }

    @Test
    void withoutAnIdOfTheirsTheAddressIsAllThereIs() {
        ExpectedIdentity person = new ExpectedIdentity(null, null, "ada@example.com", " ", null);

        assertThat(person.compare("oid-2", "ada@example.com", PROVIDER)).isEqualTo(IdentityMatch.SAME_ADDRESS);
        assertThat(person.compare("oid-2", "eve@example.com", PROVIDER)).isEqualTo(IdentityMatch.NEITHER);
        assertThat(person.compare("oid-2", " ", PROVIDER)).isEqualTo(IdentityMatch.NEITHER);
    }

    @ParameterizedTest(name = "{0}: {1} until ids are comparable, then {2}")
    @CsvSource({
        "SAME_ID, true, true",
        "OTHER_ID_SAME_ADDRESS, true, false",
        "OTHER_ID, false, false",
        "SAME_ADDRESS, true, true",
        "NEITHER, false, false"
    })
    void twoIdsThatDifferAreAVetoOnceIdsAreComparable(IdentityMatch match, boolean before, boolean after) {
        assertThat(match.fits(false)).isEqualTo(before);
        assertThat(match.fits(true)).isEqualTo(after);
    }

    /** Every combination of missing, blank, equal and different parts, in both spellings of an id. */
    @Test
    void aGrantThatFitsSharesAHashWithThePersonAndNoOtherDoes() {
        List<String> ids = Arrays.asList(
                null, " ", "0123456789abcdef", "00000000-0000-0000-0123-456789ABCDEF", "oid-2", "ada@example.com");
        List<String> names =
                Arrays.asList(null, "", "ada@example.com", "ADA@example.com", "eve@example.com", "0123456789abcdef");
        int fitting = 0;
        for (String objectId : ids) {
            for (String mail : names) {
                for (String upn : names) {
                    ExpectedIdentity person = new ExpectedIdentity(objectId, "tenant", mail, upn, null);
                    for (String id : ids) {
                        for (String email : names) {
                            boolean fits = person.fits(id, email, PROVIDER);
                            fitting += fits ? 1 : 0;
                            assertThat(Collections.disjoint(
                                            person.hashes(PROVIDER), ExpectedIdentity.hashes(id, email, PROVIDER)))
                                    .as("%s, id %s, e-mail %s", person, id, email)
                                    .isEqualTo(!fits);
                        }
                    }
                }
            }
        }
        assertThat(fitting).isPositive();
    }

    @Test
    void aHashIsOfEachKnownPartAndHidesIt() {
        assertThat(ADA.hashes(PROVIDER)).hasSize(4).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(new ExpectedIdentity("oid-1", "tenant", "Ada@example.com", "ada@example.com", " ").hashes(PROVIDER))
                .hasSize(2);
        assertThat(new ExpectedIdentity(null, "tenant", null, "", null).hashes(PROVIDER))
                .isEmpty();
        assertThat(ExpectedIdentity.hashes("x@y", null, PROVIDER))
                .doesNotContainAnyElementsOf(ExpectedIdentity.hashes(null, "x@y", PROVIDER));
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

        assertThat(person.fits(answered, null, PROVIDER)).isEqualTo(fits);
    }

    @Test
    void someoneOfWhomNothingIsKnownFitsNoMailbox() {
        ExpectedIdentity nobody = new ExpectedIdentity(null, null, null, null, null);

        assertThat(nobody.fits(null, null, PROVIDER)).isFalse();
        assertThat(nobody.fits("oid-1", "ada@example.com", PROVIDER)).isFalse();
    }

    @Test
    void theCaseOfNamesIsFoldedTheSameOnEveryServer() {
        ExpectedIdentity person = new ExpectedIdentity(null, null, "INFO@EXAMPLE.COM", null, null);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(person.fits(null, "info@example.com", PROVIDER)).isTrue();
        } finally {
            Locale.setDefault(before);
        }
    }
}
