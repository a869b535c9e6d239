"""The headings that every new site begins with, as they were when this was written. Editors change them in the settings."""

# By language and role, parted by bars.
HEADINGS = {
    "en": {
        "findings": (
            "Findings|Key findings|Main findings|The findings|Summary of findings|Research findings|"
            "Study findings|Overview of findings|What we found|What they found|What the study found|"
            "What the research found|What the researchers found|What the authors found|What did they find?|"
            "What are the key findings?|What were the key findings?|What are the findings?|What were the findings?|"
            "What did the study find?|What did the researchers find?|Key issues|Main issues|The issues|Issues|"
            "The key issues|Key themes|Main themes|Themes|Emerging themes|Key insights|Key results|Main results|"
            "Results|The results|Key points|What does the research say?|What does the study say?|"
            "What the study says|What the research says|Key research findings|Headline findings|"
            "Findings and themes|Results and findings"
        ),
        "quotes": (
            "Quotes|Quotations|In their own words|In their words|Voices|What participants said|What people said|"
            "What they said|What the participants said|Participants' voices|From the interviews"
        ),
        "recommendations": (
            "Recommendations|Our recommendations|The recommendations|Key recommendations|Main recommendations|"
            "Policy recommendations|Recommendation|Recommendations for practice|Recommendations for policy|"
            "Recommendations for policy and practice|Recommendations for future research|What should be done|"
            "What should change|What needs to change|What needs to happen|What needs to happen next|"
            "Calls to action|Call to action|The authors' recommendations|Authors' recommendations|"
            "What the authors recommend|What the researchers recommend|What do the authors recommend?|"
            "What do the researchers recommend?|The researchers' recommendations|Researchers' recommendations|"
            "My recommendations|The reviewer's recommendations|Suggestions|Suggestions for improvement|"
            "The way forward|Ways forward|Way forward|What should happen next?|What next?|"
            "Recommended actions|Action points|Next steps"
        ),
        "conclusion": (
            "Conclusion|Conclusions|The conclusion|In conclusion|Concluding thoughts|Concluding remarks|"
            "Final thoughts|Summing up|Summary and conclusion|Summary and conclusions|Conclusion and discussion|"
            "Discussion and conclusion|Discussion and conclusions|To conclude|Wrapping up|The bottom line|"
            "Takeaway|Takeaways|Key takeaways|My conclusion|My view|Our view|My thoughts|Our thoughts|Reflections|My reflections|Our conclusion|The authors' conclusions|Final words|"
            "Closing thoughts"
        ),
        "practice_implications": (
            "Practice implications|Implications for practice|Implications|Policy implications|"
            "Implications for policy|Implications for policy and practice|"
            "Implications for policy, practice and research|What this means in practice|What this means|"
            "What does this mean?|What does this mean for practice?|What it means|What does it mean?|"
            "What this means for practice|What this means for practitioners|What this means for you|So what?|"
            "Why it matters|Why does it matter?|Why this matters|Lessons for practice|Practical implications|"
            "Practice points|In practice"
        ),
        "limitations": (
            "Limitations|Limits|Limitations of the study|Limitations of the research|Study limitations|"
            "The limitations|Strengths and limitations|Limitations and strengths|What the study cannot tell us|"
            "What this study cannot tell us|What we don't know|What we still don't know|Caveats|Some caveats|"
            "A word of caution|A note of caution|Limits of the study"
        ),
        "lived_experience": (
            "Lived experience|Lived experience perspective|A lived experience perspective|Lived experience view|"
            "The lived experience view|Voices of lived experience|Views of people with lived experience|"
            "What people with lived experience say|Involvement of people with lived experience|"
            "Patient and public involvement|Co-production|From lived experience"
        ),
        "credits": (
            "Authors|The authors|About the authors|About the researchers|The researchers|Researchers|"
            "Research team|The research team|The team|Study authors|Who did the research|"
            "Who carried out the study?|Who are the authors?|Who are the researchers?|Credits|Contributors|"
            "People|The people behind the study|Who wrote this|Meet the researchers|Meet the authors"
        ),
        "study": (
            "The study|The research|The report|The paper|The article|About the study|About the research|"
            "About this study|About this research|About the report|Study details|Reference|The evaluation|"
            "The review|Full reference|Citation|Study|Study reference"
        ),
        "background": (
            "Background|Introduction|Context|The context|Why this study|Why was it done?|Method|Methods|"
            "Methodology|How the study was done|How the research was done|How was it done?|What they did|"
            "What the researchers did|What did they do?|The method|Study design|Design|Data and methods|Aims|"
            "Aims and methods"
        ),
    },
    "de": {
        "findings": (
            "Ergebnisse|Die Ergebnisse|Zentrale Ergebnisse|Wichtigste Ergebnisse|Hauptergebnisse|Befunde|"
            "Die Befunde|Zentrale Befunde|Erkenntnisse|Zentrale Erkenntnisse|Was die Studie zeigt|"
            "Was die Studie ergab|Wichtige Themen|Kernpunkte|Kernthemen"
        ),
        "quotes": "Zitate|Stimmen|In eigenen Worten|Stimmen der Befragten",
        "recommendations": (
            "Empfehlungen|Die Empfehlungen|Handlungsempfehlungen|Unsere Empfehlungen|Forderungen|Was zu tun ist|"
            "Empfehlungen der Autoren|Empfehlungen der Autorinnen|Empfehlungen für die Praxis|Vorschläge"
        ),
        "conclusion": (
            "Fazit|Schluss|Schlussfolgerung|Schlussfolgerungen|Zusammenfassung|Schlussbetrachtung|Schlusswort|"
            "Unser Fazit"
        ),
        "practice_implications": (
            "Bedeutung für die Praxis|Was das für die Praxis bedeutet|Folgen für die Praxis|Praxis|"
            "Was bedeutet das?|Konsequenzen für die Praxis|Implikationen für die Praxis"
        ),
        "limitations": "Grenzen|Grenzen der Studie|Einschränkungen|Limitationen|Was die Studie nicht sagen kann",
        "lived_experience": (
            "Eigene Erfahrung|Erfahrungswissen|Die Sicht der Betroffenen|Betroffenenperspektive|"
            "Beteiligung von Betroffenen"
        ),
        "credits": (
            "Autoren|Autorinnen|Autorinnen und Autoren|Die Autoren|Die Autorinnen|Das Forschungsteam|"
            "Forschungsteam|Beteiligte|Die Forschenden"
        ),
        "study": "Die Studie|Zur Studie|Über die Studie|Studie|Quelle|Der Bericht",
        "background": "Hintergrund|Einleitung|Methode|Methoden|Methodik|Vorgehen|Anlass|Wie die Studie gemacht wurde",
    },
    "fr": {
        "findings": (
            "Résultats|Les résultats|Principaux résultats|Résultats principaux|Constats|Principaux constats|"
            "Ce que montre l'étude|Conclusions principales|Enseignements"
        ),
        "quotes": "Citations|Témoignages|Paroles|Verbatim",
        "recommendations": (
            "Recommandations|Les recommandations|Nos recommandations|Préconisations|Propositions|Que faire ?|"
            "Pistes d'action"
        ),
        "conclusion": "En conclusion|Pour conclure|En résumé|Synthèse",
        "practice_implications": "Implications pour la pratique|Ce que cela signifie|Ce que cela signifie en pratique|En pratique",
        "limitations": "Limites|Limites de l'étude|Les limites|Réserves",
        "lived_experience": "Savoir expérientiel|Expérience vécue|Paroles de personnes concernées",
        "credits": "Auteurs|Les auteurs|Autrices et auteurs|Équipe de recherche|L'équipe de recherche|Les chercheurs",
        "study": "L'étude|À propos de l'étude|La recherche|Le rapport|Référence|Source",
        "background": "Contexte|Méthode|Méthodes|Méthodologie",
    },
    "es": {
        "findings": (
            "Resultados|Los resultados|Principales resultados|Hallazgos|Principales hallazgos|"
            "Hallazgos principales|Qué encontró el estudio"
        ),
        "quotes": "Citas|Testimonios|En sus propias palabras|Voces",
        "recommendations": "Recomendaciones|Las recomendaciones|Nuestras recomendaciones|Propuestas|Qué hacer|Qué debe cambiar",
        "conclusion": "Conclusión|Conclusiones|En conclusión|Para concluir|En resumen",
        "practice_implications": "Implicaciones para la práctica|Implicaciones|Qué significa|Qué significa en la práctica",
        "limitations": "Limitaciones|Limitaciones del estudio|Límites|Límites del estudio",
        "lived_experience": "Experiencia vivida|La voz de las personas afectadas",
        "credits": "Autores|Autoras|Los autores|Equipo de investigación|Equipo investigador|El equipo",
        "study": "El estudio|Sobre el estudio|La investigación|El informe|Referencia|Fuente",
        "background": "Antecedentes|Introducción|Contexto|Método|Métodos|Metodología",
    },
    "nl": {
        "findings": (
            "Resultaten|De resultaten|Belangrijkste resultaten|Bevindingen|Belangrijkste bevindingen|"
            "Wat het onderzoek laat zien|Uitkomsten"
        ),
        "quotes": "Citaten|In eigen woorden|Stemmen",
        "recommendations": (
            "Aanbevelingen|De aanbevelingen|Onze aanbevelingen|Wat moet er gebeuren|Wat moet er veranderen|Adviezen"
        ),
        "conclusion": "Conclusie|Conclusies|Tot slot|Slot|Slotwoord|Samenvattend|Besluit",
        "practice_implications": (
            "Betekenis voor de praktijk|Wat dit betekent|Wat dit betekent voor de praktijk|"
            "Implicaties voor de praktijk|Implicaties"
        ),
        "limitations": "Beperkingen|Beperkingen van het onderzoek|Kanttekeningen",
        "lived_experience": "Ervaringskennis|Ervaringsdeskundigheid|Het perspectief van ervaringsdeskundigen",
        "credits": "De auteurs|Onderzoekers|De onderzoekers|Onderzoeksteam|Het onderzoeksteam",
        "study": "Het onderzoek|De studie|Over het onderzoek|Het rapport|Bron",
        "background": "Achtergrond|Inleiding|Werkwijze|Aanleiding",
    },
    "cy": {
        "findings": (
            "Canfyddiadau|Y canfyddiadau|Prif ganfyddiadau|Canfyddiadau allweddol|Canlyniadau|Prif faterion|"
            "Materion allweddol"
        ),
        "quotes": "Dyfyniadau|Yn eu geiriau eu hunain|Lleisiau",
        "recommendations": "Argymhellion|Yr argymhellion|Ein hargymhellion|Prif argymhellion|Beth ddylai newid",
        "conclusion": "Casgliad|Casgliadau|Y casgliad|I gloi|Crynodeb",
        "practice_implications": "Goblygiadau|Goblygiadau ar gyfer ymarfer|Beth mae hyn yn ei olygu",
        "limitations": "Cyfyngiadau|Cyfyngiadau'r astudiaeth",
        "lived_experience": "Profiad byw|Profiad personol|Profiad bywyd",
        "credits": "Awduron|Yr awduron|Ymchwilwyr|Yr ymchwilwyr|Tîm ymchwil|Y tîm ymchwil",
        "study": "Yr astudiaeth|Am yr astudiaeth|Yr ymchwil|Yr adroddiad",
        "background": "Cefndir|Cyflwyniad|Dull|Dulliau|Methodoleg",
    },
}
