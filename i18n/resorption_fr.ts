<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
    <context>
        <name>Resorption</name>
        <message>
            <source> % of today</source>
            <translation> % d'aujourd'hui</translation>
        </message>
        <message>
            <source> min</source>
            <translation> min</translation>
        </message>
        <message>
            <source> months</source>
            <translation> mois</translation>
        </message>
        <message>
            <source>%</source>
            <translation>%</translation>
        </message>
        <message>
            <source>%Y-%m-%d</source>
            <translation>%d/%m/%Y</translation>
        </message>
        <message>
            <source>&amp;Accept the deletion by {other}</source>
            <translation>Accepter la &amp;suppression faite par {other}</translation>
        </message>
        <message>
            <source>&amp;Add…</source>
            <translation>&amp;Ajouter…</translation>
        </message>
        <message>
            <source>&amp;Administration…</source>
            <translation>&amp;Administration…</translation>
        </message>
        <message>
            <source>&amp;Areas</source>
            <translation>&amp;Territoires</translation>
        </message>
        <message>
            <source>&amp;Change…</source>
            <translation>&amp;Modifier…</translation>
        </message>
        <message>
            <source>&amp;Check</source>
            <translation>&amp;Contrôler</translation>
        </message>
        <message>
            <source>&amp;Checks</source>
            <translation>&amp;Contrôles</translation>
        </message>
        <message>
            <source>&amp;Comment (optional)</source>
            <translation>&amp;Commentaire (facultatif)</translation>
        </message>
        <message>
            <source>&amp;Comment for the administrator</source>
            <translation>&amp;Commentaire pour l'administrateur</translation>
        </message>
        <message>
            <source>&amp;Connection</source>
            <translation>&amp;Connexion</translation>
        </message>
        <message>
            <source>&amp;Connection to the Shared Database…</source>
            <translation>&amp;Connexion à la base partagée…</translation>
        </message>
        <message>
            <source>&amp;Date</source>
            <translation>&amp;Date</translation>
        </message>
        <message>
            <source>&amp;Decide…</source>
            <translation>&amp;Décider…</translation>
        </message>
        <message>
            <source>&amp;Delete it all the same</source>
            <translation>&amp;Supprimer quand même</translation>
        </message>
        <message>
            <source>&amp;Delete it, as {sender} asked</source>
            <translation>&amp;Supprimer, comme demandé ({sender})</translation>
        </message>
        <message>
            <source>&amp;Deleted Records…</source>
            <translation>Fiches &amp;supprimées…</translation>
        </message>
        <message>
            <source>&amp;Detach…</source>
            <translation>&amp;Détacher…</translation>
        </message>
        <message>
            <source>&amp;Erase What Is Older…</source>
            <translation>&amp;Effacer ce qui est plus ancien…</translation>
        </message>
        <message>
            <source>&amp;Export of the platform</source>
            <translation>&amp;Export de la plateforme</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>&amp;Exporter…</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Fichier</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Aide</translation>
        </message>
        <message>
            <source>&amp;History…</source>
            <translation>&amp;Historique…</translation>
        </message>
        <message>
            <source>&amp;Import</source>
            <translation>&amp;Importer</translation>
        </message>
        <message>
            <source>&amp;Import Sites…</source>
            <translation>&amp;Importer des sites…</translation>
        </message>
        <message>
            <source>&amp;Keep it</source>
            <translation>&amp;Garder la fiche</translation>
        </message>
        <message>
            <source>&amp;Keep it with the changes {of_other}</source>
            <translation>&amp;Garder la fiche avec les modifications {of_other}</translation>
        </message>
        <message>
            <source>&amp;Keep the last</source>
            <translation>&amp;Garder les derniers</translation>
        </message>
        <message>
            <source>&amp;Layer</source>
            <translation>&amp;Couche</translation>
        </message>
        <message>
            <source>&amp;Login</source>
            <translation>&amp;Compte</translation>
        </message>
        <message>
            <source>&amp;Logo (optional)</source>
            <translation>&amp;Logo (facultatif)</translation>
        </message>
        <message>
            <source>&amp;Mark as Settled…</source>
            <translation>&amp;Marquer comme réglée…</translation>
        </message>
        <message>
            <source>&amp;My value</source>
            <translation>&amp;Ma valeur</translation>
        </message>
        <message>
            <source>&amp;New Workspace…</source>
            <translation>&amp;Nouvel espace de travail…</translation>
        </message>
        <message>
            <source>&amp;New…</source>
            <translation>&amp;Nouvelle…</translation>
        </message>
        <message>
            <source>&amp;Nothing Changed on the Selected Sites</source>
            <translation>&amp;Rien n'a changé sur les sites sélectionnés</translation>
        </message>
        <message>
            <source>&amp;On</source>
            <translation>&amp;Le</translation>
        </message>
        <message>
            <source>&amp;Open Workspace…</source>
            <translation>&amp;Ouvrir un espace de travail…</translation>
        </message>
        <message>
            <source>&amp;Overview</source>
            <translation>&amp;Vue d'ensemble</translation>
        </message>
        <message>
            <source>&amp;Owners of land</source>
            <translation>Propriétaires de &amp;terrains</translation>
        </message>
        <message>
            <source>&amp;Paper</source>
            <translation>&amp;Papier</translation>
        </message>
        <message>
            <source>&amp;People</source>
            <translation>&amp;Personnes</translation>
        </message>
        <message>
            <source>&amp;Preview</source>
            <translation>A&amp;perçu</translation>
        </message>
        <message>
            <source>&amp;Print Map…</source>
            <translation>I&amp;mprimer la carte…</translation>
        </message>
        <message>
            <source>&amp;Procedures (justice)</source>
            <translation>&amp;Procédures (justice)</translation>
        </message>
        <message>
            <source>&amp;Records</source>
            <translation>&amp;Fiches</translation>
        </message>
        <message>
            <source>&amp;Reference system of x and y</source>
            <translation>Système de &amp;référence de x et y</translation>
        </message>
        <message>
            <source>&amp;Restore it with my changes</source>
            <translation>&amp;Rétablir la fiche avec mes modifications</translation>
        </message>
        <message>
            <source>&amp;Restore it with the changes ({sender})</source>
            <translation>&amp;Rétablir la fiche avec les modifications ({sender})</translation>
        </message>
        <message>
            <source>&amp;Return Sheet…</source>
            <translation>Fiche &amp;retour…</translation>
        </message>
        <message>
            <source>&amp;Revoke…</source>
            <translation>&amp;Retirer…</translation>
        </message>
        <message>
            <source>&amp;Role</source>
            <translation>&amp;Rôle</translation>
        </message>
        <message>
            <source>&amp;Sharing</source>
            <translation>Parta&amp;ge</translation>
        </message>
        <message>
            <source>&amp;Source</source>
            <translation>&amp;Source</translation>
        </message>
        <message>
            <source>&amp;Territory</source>
            <translation>&amp;Territoire</translation>
        </message>
        <message>
            <source>&amp;Territory History…</source>
            <translation>Historique du &amp;territoire…</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>&amp;Tester</translation>
        </message>
        <message>
            <source>&amp;What If…</source>
            <translation>&amp;Et si…</translation>
        </message>
        <message>
            <source>'fr' or 'en' for the platform's word instead of the code.</source>
            <translation>'fr' ou 'en' pour avoir le mot de la plateforme au lieu du code.</translation>
        </message>
        <message>
            <source>(1 motorway, 2 trunk, 3 primary, 4 secondary, 5 tertiary, 6 residential, 7 service)</source>
            <translation>(1 autoroute, 2 voie rapide, 3 route principale, 4 secondaire, 5 tertiaire, 6 rue résidentielle, 7 desserte)</translation>
        </message>
        <message>
            <source>(empty)</source>
            <translation>(vide)</translation>
        </message>
        <message>
            <source>(no commune)</source>
            <translation>(sans commune)</translation>
        </message>
        <message>
            <source>(not there)</source>
            <translation>(absent)</translation>
        </message>
        <message>
            <source>(nothing)</source>
            <translation>(rien)</translation>
        </message>
        <message>
            <source>(page of the site)</source>
            <translation>(fiche du site)</translation>
        </message>
        <message>
            <source>(to be erased)</source>
            <translation>(à effacer)</translation>
        </message>
        <message>
            <source>(to decide)</source>
            <translation>(à décider)</translation>
        </message>
        <message>
            <source>(unknown)</source>
            <translation>(inconnu)</translation>
        </message>
        <message>
            <source>(without name)</source>
            <translation>(sans nom)</translation>
        </message>
        <message>
            <source>1 change</source>
            <translation>1 modification</translation>
        </message>
        <message>
            <source>1 site</source>
            <translation>1 site</translation>
        </message>
        <message>
            <source>31, 243100518, 31555</source>
            <translation>31, 243100518, 31555</translation>
        </message>
        <message>
            <source>&lt;b&gt;Connection…&lt;/b&gt; chooses and tests the shared database, and attaches the workspace to it. Everything works without it too: what you write stays in your file until the server has confirmed it.</source>
            <translation>&lt;b&gt;Connexion…&lt;/b&gt; choisit et teste la base partagée, et y rattache l'espace de travail. Tout fonctionne aussi sans elle : ce que vous écrivez reste dans votre fichier jusqu'à ce que le serveur l'ait confirmé.</translation>
        </message>
        <message>
            <source>&lt;b&gt;Draw&lt;/b&gt; a site: make the layer of sites editable, click on the map, fill the form, save. Commune and department fill themselves.</source>
            <translation>&lt;b&gt;Dessinez&lt;/b&gt; un site : passez la couche des bidonvilles en édition, cliquez sur la carte, remplissez le formulaire, enregistrez. La commune et le département se remplissent seuls.</translation>
        </message>
        <message>
            <source>&lt;b&gt;Import Sites…&lt;/b&gt; brings in the platform's list of sites, &lt;b&gt;Import Water Points…&lt;/b&gt; and &lt;b&gt;Import Streets…&lt;/b&gt; what others have. You see what would change before anything is written. &lt;b&gt;Return Sheet…&lt;/b&gt; lists what has to be entered on the platform.</source>
            <translation>&lt;b&gt;Importer des sites…&lt;/b&gt; reprend la liste des sites de la plateforme, &lt;b&gt;Importer des points d'eau…&lt;/b&gt; et &lt;b&gt;Importer des rues…&lt;/b&gt; ce que d'autres ont déjà. Vous voyez ce qui changerait avant que rien ne soit écrit. &lt;b&gt;Fiche retour…&lt;/b&gt; liste ce qu'il faut saisir sur la plateforme.</translation>
        </message>
        <message>
            <source>&lt;b&gt;New Workspace…&lt;/b&gt; asks for the department and a file, and makes the QGIS project beside it. Everything you write stays in that one file, on this computer.</source>
            <translation>&lt;b&gt;Nouvel espace de travail…&lt;/b&gt; demande le département et un fichier, et crée le projet QGIS à côté. Tout ce que vous saisissez reste dans ce seul fichier, sur cet ordinateur.</translation>
        </message>
        <message>
            <source>&lt;b&gt;Print Map…&lt;/b&gt; asks for whom the map is made first: what it shows depends on it.</source>
            <translation>&lt;b&gt;Imprimer la carte…&lt;/b&gt; demande d'abord à qui la carte est destinée : son contenu en dépend.</translation>
        </message>
        <message>
            <source>&lt;b&gt;Set aside&lt;/b&gt;: a record that the shared database refuses, or a value that cannot be received. Select it to read why, open its form and correct it: it goes with the next synchronisation. &lt;b&gt;Export the List…&lt;/b&gt; makes a list for the administrator.</source>
            <translation>&lt;b&gt;Mises de côté&lt;/b&gt; : une fiche que la base partagée refuse, ou une valeur qui ne peut pas être reçue. Sélectionnez-la pour lire pourquoi, ouvrez son formulaire et corrigez-la : elle part à la synchronisation suivante. &lt;b&gt;Exporter la liste…&lt;/b&gt; en fait une liste pour l'administrateur.</translation>
        </message>
        <message>
            <source>&lt;b&gt;Synchronise…&lt;/b&gt; shows what goes and what comes before anything is exchanged. Without network everything waits: synchronise later, nothing is lost and nothing is done twice.</source>
            <translation>&lt;b&gt;Synchroniser…&lt;/b&gt; montre ce qui part et ce qui arrive avant tout échange. Sans réseau, tout attend : synchronisez plus tard, rien n'est perdu et rien n'est fait deux fois.</translation>
        </message>
        <message>
            <source>&lt;b&gt;To decide&lt;/b&gt;: you and someone else gave different values. Nobody wins by default. Choose yours, theirs or another one; you may change your mind until the next synchronisation.</source>
            <translation>&lt;b&gt;À décider&lt;/b&gt; : vous et une autre personne avez donné des valeurs différentes. Personne ne gagne d'office. Choisissez la vôtre, la leur ou une autre ; vous pouvez changer d'avis jusqu'à la synchronisation suivante.</translation>
        </message>
        <message>
            <source>= On both sides already: {count}. Where they differ, you decide.</source>
            <translation>= Déjà des deux côtés : {count}. Là où elles diffèrent, c'est vous qui décidez.</translation>
        </message>
        <message>
            <source>A PNG or SVG picture, printed at the top right</source>
            <translation>Une image PNG ou SVG, imprimée en haut à droite</translation>
        </message>
        <message>
            <source>A PostgreSQL connection of QGIS, or service=name. Write no password here.</source>
            <translation>Une connexion PostgreSQL de QGIS, ou service=nom. N'écrivez pas de mot de passe ici.</translation>
        </message>
        <message>
            <source>A closed site declared as cleared whose long-term solutions are below the limit fails, as does one declared as not cleared that reaches it. Declared as cleared without the numbers, it is to verify.</source>
            <translation>Un site fermé déclaré résorbé dont les solutions pérennes sont sous la limite est non conforme, comme un site déclaré non résorbé qui l'atteint. Déclaré résorbé sans les chiffres, il est à vérifier.</translation>
        </message>
        <message>
            <source>A cohort with more people than the programme provides, or with a phase shorter or longer than it provides, fails. Some days more or less, or people whom nobody counted, are to verify.</source>
            <translation>Une cohorte plus nombreuse que prévu par le programme, ou dont une phase est plus courte ou plus longue que prévu, est non conforme. Quelques jours d'écart, ou un effectif inconnu, sont à vérifier.</translation>
        </message>
        <message>
            <source>A declared answer that the map contradicts is wrong on one side: figures and decisions rest on it.</source>
            <translation>Une réponse que la carte contredit est fausse d'un côté : des chiffres et des décisions en dépendent.</translation>
        </message>
        <message>
            <source>A feature of the layer of sites; the current feature when it is left out.</source>
            <translation>Une entité de la couche des bidonvilles ; sans elle, l'entité en cours.</translation>
        </message>
        <message>
            <source>A field was changed in this form: press OK to save it. Nothing was confirmed.</source>
            <translation>Un champ a été modifié dans cette fiche : validez par OK pour l'enregistrer. Rien n'a été confirmé.</translation>
        </message>
        <message>
            <source>A heat alert is on, and the access to water is unknown: ask today.</source>
            <translation>Une alerte canicule est en cours, et l'accès à l'eau est inconnu : renseignez-vous aujourd'hui.</translation>
        </message>
        <message>
            <source>A heat alert is on, and the access to water is “{status}”.</source>
            <translation>Une alerte canicule est en cours, et l'accès à l'eau est « {status} ».</translation>
        </message>
        <message>
            <source>A layer of the sites as the workspace held them at the end of that day</source>
            <translation>Une couche des sites tels que l'espace de travail les tenait à la fin de ce jour</translation>
        </message>
        <message>
            <source>A layer with every state of every site, and the time during which it held</source>
            <translation>Une couche avec chaque état de chaque site, et le temps pendant lequel il a tenu</translation>
        </message>
        <message>
            <source>A login that exists on the server. Whoever keeps the server makes it and gives its password: no password passes through here.</source>
            <translation>Un compte qui existe sur le serveur. Qui tient le serveur le crée et donne son mot de passe : aucun mot de passe ne passe par ici.</translation>
        </message>
        <message>
            <source>A new site</source>
            <translation>Un nouveau site</translation>
        </message>
        <message>
            <source>A part of the file is on the server: the rest goes at the next synchronisation.</source>
            <translation>Une partie du fichier est sur le serveur : le reste part à la prochaine synchronisation.</translation>
        </message>
        <message>
            <source>A password stands in this text: use a saved authentication instead.</source>
            <translation>Ce texte contient un mot de passe : utilisez plutôt une authentification enregistrée.</translation>
        </message>
        <message>
            <source>A phase that drags on leaves people without work or housing at its end.</source>
            <translation>Une phase qui traîne laisse des personnes sans emploi ni logement à son terme.</translation>
        </message>
        <message>
            <source>A point left on a closed site is paid for nothing, and could serve another one.</source>
            <translation>Un point laissé sur un site fermé coûte pour rien, et pourrait en desservir un autre.</translation>
        </message>
        <message>
            <source>A record in the wrong place is not measured, or falsifies the distances of others.</source>
            <translation>Une fiche mal placée n'est pas mesurée, ou fausse les distances des autres.</translation>
        </message>
        <message>
            <source>A record that came from the shared database holds the same {fields}: this one was taken out of its layer. Export it, or enter it again with other values.</source>
            <translation>Une fiche venue de la base partagée a déjà ces valeurs ({fields}) : celle-ci a été retirée de sa couche. Exportez-la, ou saisissez-la de nouveau avec d’autres valeurs.</translation>
        </message>
        <message>
            <source>A record that is written to {path} belongs to one that is not there any more: nothing was written. Try again.</source>
            <translation>Une fiche à écrire dans {path} dépend d'une autre qui n'y est plus : rien n'a été écrit. Recommencez.</translation>
        </message>
        <message>
            <source>A right is missing</source>
            <translation>Un droit vous manque</translation>
        </message>
        <message>
            <source>A rule of the workspace {path} refuses a value ({reason}): nothing was written. Correct the value.</source>
            <translation>Une règle de l’espace de travail {path} refuse une valeur ({reason}) : rien n’a été écrit. Corrigez la valeur.</translation>
        </message>
        <message>
            <source>A site entered twice counts its inhabitants twice.</source>
            <translation>Un site saisi deux fois compte deux fois ses habitants.</translation>
        </message>
        <message>
            <source>A site exempt from any intervention lasts, and its inhabitants wait.</source>
            <translation>Un site exempt de toute intervention dure, et ses habitants attendent.</translation>
        </message>
        <message>
            <source>A site or water point whose position is outside the commune of its INSEE code fails; close to the limit, within the accuracy of the simplified limits and of the position, it is to verify. Without code, or outside France, this check says nothing.</source>
            <translation>Un site ou un point d'eau dont la position est hors de la commune de son code INSEE est non conforme ; près de la limite, dans la précision des limites simplifiées et de la position, il est à vérifier. Sans code, ou hors de France, ce contrôle ne dit rien.</translation>
        </message>
        <message>
            <source>A synchronisation is already running: wait for it, or cancel it.</source>
            <translation>Une synchronisation est déjà en cours : attendez-la, ou annulez-la.</translation>
        </message>
        <message>
            <source>A tap breaks, freezes or is shut: what nobody saw for months cannot be counted on.</source>
            <translation>Un robinet se casse, gèle ou se ferme : on ne peut pas compter sur ce que personne n'a vu depuis des mois.</translation>
        </message>
        <message>
            <source>A target that slips unseen is no target.</source>
            <translation>Un objectif qui glisse sans qu'on le voie n'en est plus un.</translation>
        </message>
        <message>
            <source>A temporary layer is added to the project, with the style of the sites; those of today are hidden. The workspace is not touched.</source>
            <translation>Une couche temporaire est ajoutée au projet, avec le style des sites ; ceux d'aujourd'hui sont masqués. L'espace de travail n'est pas modifié.</translation>
        </message>
        <message>
            <source>A text longer than its field, with &lt; &gt; { } or with invisible characters, or that holds a social security number with its right key, fails. What looks like a telephone number or an e-mail address is to verify: it may be an organisation's.</source>
            <translation>Un texte plus long que son champ, contenant &lt; &gt; { } ou des caractères invisibles, ou un numéro de sécurité sociale dont la clé est juste, est non conforme. Ce qui ressemble à un numéro de téléphone ou à une adresse électronique est à vérifier : ce peut être ceux d'une structure.</translation>
        </message>
        <message>
            <source>A usable point without which an open site would be beyond the distance limit fails; where another point, of unknown state or potability, might replace it, or where nobody counted the people, it is to verify.</source>
            <translation>Un point utilisable sans lequel un site existant serait au-delà de la limite de distance est non conforme ; si un autre point, d'état ou de potabilité inconnus, peut le remplacer, ou si les habitants n'ont pas été comptés, il est à vérifier.</translation>
        </message>
        <message>
            <source>A value cannot be sent</source>
            <translation>Une valeur ne peut pas être envoyée</translation>
        </message>
        <message>
            <source>A value is refused</source>
            <translation>Une valeur est refusée</translation>
        </message>
        <message>
            <source>A water point entered twice counts its taps twice.</source>
            <translation>Un point d'eau saisi deux fois compte deux fois ses robinets.</translation>
        </message>
        <message>
            <source>About</source>
            <translation>À propos</translation>
        </message>
        <message>
            <source>About the selected finding</source>
            <translation>À propos du constat sélectionné</translation>
        </message>
        <message>
            <source>Accept as an Exception</source>
            <translation>Accepter comme exception</translation>
        </message>
        <message>
            <source>Accepted by</source>
            <translation>Acceptée par</translation>
        </message>
        <message>
            <source>Accepted until</source>
            <translation>Acceptée jusqu'au</translation>
        </message>
        <message>
            <source>Accepting findings</source>
            <translation>Acceptation de constats</translation>
        </message>
        <message>
            <source>Accept…</source>
            <translation>Accepter…</translation>
        </message>
        <message>
            <source>Access granted to {login}: {areas}</source>
            <translation>Accès donné à {login} : {areas}</translation>
        </message>
        <message>
            <source>Access to the shared database</source>
            <translation>Accès à la base partagée</translation>
        </message>
        <message>
            <source>Access to water in slum settlements</source>
            <translation>Accès à l’eau dans les bidonvilles</translation>
        </message>
        <message>
            <source>Access to water of a site by the platform's rule, from what its form declares: good, to_improve, bad or unknown. It is NULL where there is no feature.</source>
            <translation>Accès à l'eau d'un site selon la règle de la plateforme, d'après ce que déclare sa fiche : good (oui), to_improve (à améliorer), bad (non) ou unknown (inconnu). NULL sans entité.</translation>
        </message>
        <message>
            <source>Actions of the site on the reference date, beside the answer of the platform's export.</source>
            <translation>Actions du site à la date de référence, à côté de la réponse de l'export de la plateforme.</translation>
        </message>
        <message>
            <source>Add &amp;Photos…</source>
            <translation>Ajouter des p&amp;hotos…</translation>
        </message>
        <message>
            <source>Add &amp;photos…</source>
            <translation>Ajouter des &amp;photos…</translation>
        </message>
        <message>
            <source>Add Photos</source>
            <translation>Ajouter des photos</translation>
        </message>
        <message>
            <source>Add photos to the sites and water points where they were taken</source>
            <translation>Ajouter des photos aux sites et aux points d'eau où elles ont été prises</translation>
        </message>
        <message>
            <source>Add taps, or count those there are; write the number of people of each site around them.</source>
            <translation>Ajoutez des robinets, ou comptez ceux qui existent ; notez le nombre d'habitants de chaque site alentour.</translation>
        </message>
        <message>
            <source>Added</source>
            <translation>Ajoutés</translation>
        </message>
        <message>
            <source>Adding photos</source>
            <translation>Ajout de photos</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>Administration of the shared database</source>
            <translation>Administration de la base partagée</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Après</translation>
        </message>
        <message>
            <source>After each saved edit the distances and the checks of what you touched are done again. &lt;b&gt;Compute Distances&lt;/b&gt; and &lt;b&gt;Run Checks&lt;/b&gt; do it for the whole workspace.</source>
            <translation>Après chaque enregistrement, les distances et les contrôles de ce que vous avez modifié sont refaits. &lt;b&gt;Calculer les distances&lt;/b&gt; et &lt;b&gt;Lancer les contrôles&lt;/b&gt; le font pour tout l'espace de travail.</translation>
        </message>
        <message>
            <source>After this date the finding has to be reviewed</source>
            <translation>Après cette date, le constat est à revoir</translation>
        </message>
        <message>
            <source>Afterwards</source>
            <translation>Ensuite</translation>
        </message>
        <message>
            <source>Age from which a record is ageing</source>
            <translation>Âge à partir duquel une fiche vieillit</translation>
        </message>
        <message>
            <source>All along, for the temporal controller</source>
            <translation>Depuis le début, pour le contrôleur temporel</translation>
        </message>
        <message>
            <source>All authors</source>
            <translation>Tous les auteurs</translation>
        </message>
        <message>
            <source>All communes</source>
            <translation>Toutes les communes</translation>
        </message>
        <message>
            <source>All fields</source>
            <translation>Tous les champs</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>Tous les fichiers</translation>
        </message>
        <message>
            <source>All layers</source>
            <translation>Toutes les couches</translation>
        </message>
        <message>
            <source>All severities</source>
            <translation>Toutes les gravités</translation>
        </message>
        <message>
            <source>All states</source>
            <translation>Tous les états</translation>
        </message>
        <message>
            <source>All themes</source>
            <translation>Tous les thèmes</translation>
        </message>
        <message>
            <source>Already there: {count}.</source>
            <translation>Déjà présentes : {count}.</translation>
        </message>
        <message>
            <source>An existing or planned point that names a site closed on the reference date fails. When the closure comes after the reference date, or when the site is not in the workspace, it is to verify.</source>
            <translation>Un point existant ou projeté qui désigne un site fermé à la date de référence est non conforme. Si la fermeture est postérieure à cette date, ou si le site n'est pas dans l'espace de travail, il est à vérifier.</translation>
        </message>
        <message>
            <source>An existing point of an open site whose last test is older than the limit on the reference date fails. Unknown potability or an unknown date of the test is to verify. Water known as not drinkable is no source: EAU-001 judges the site without it.</source>
            <translation>Un point existant d'un site existant dont la dernière analyse est plus ancienne que la limite à la date de référence est non conforme. Une potabilité ou une date d'analyse inconnues sont à vérifier. Une eau connue comme non potable n'est pas une source : EAU-001 examine le site sans elle.</translation>
        </message>
        <message>
            <source>An existing point of an open site whose last visit is older than the limit on the reference date fails; without any date it is to verify. A point is of a site when it names it or is within the distance limit of one of its dwellings.</source>
            <translation>Un point existant d'un site existant dont la dernière visite est plus ancienne que la limite à la date de référence est non conforme ; sans aucune date, il est à vérifier. Un point est celui d'un site s'il le désigne ou s'il est dans la limite de distance d'une de ses habitations.</translation>
        </message>
        <message>
            <source>An open site reported longer ago than the limit without a social diagnostic fails, even if one is planned. If nobody said whether there was one, it is to verify. Without a date of report nothing is said.</source>
            <translation>Un site existant signalé depuis plus longtemps que la limite et sans diagnostic social est non conforme, même si un diagnostic est prévu. Si personne n'a dit s'il y en a eu un, il est à vérifier. Sans date de signalement, rien n'est dit.</translation>
        </message>
        <message>
            <source>An open site that meets fewer of the criteria than the limit fails, with the list of what is missing. What is unknown is missing: it never counts as met.</source>
            <translation>Un site existant qui remplit moins de critères que la limite est non conforme, avec la liste de ce qui manque. L'inconnu manque : il n'est jamais compté comme rempli.</translation>
        </message>
        <message>
            <source>An open site that no action concerns on the reference date fails. If an action is to begin later, or if only the platform's export speaks of one, it is to verify. An action without dates counts as going on.</source>
            <translation>Un site existant qu'aucune action ne concerne à la date de référence est non conforme. Si une action doit commencer plus tard, ou si seul l'export de la plateforme en mentionne une, il est à vérifier. Une action sans dates compte comme en cours.</translation>
        </message>
        <message>
            <source>An open site whose access is declared as not continuous, and an existing point of an open site that gives no water on the reference date, fail. A point whose state is unknown, or whose hours contradict a form that says continuous, is to verify. A point is of a site when it names it or is within the distance limit of one of its dwellings.</source>
            <translation>Un site existant dont l'accès est déclaré non continu, et un point existant d'un site existant qui ne donne pas d'eau à la date de référence, sont non conformes. Un point d'état inconnu, ou dont les horaires contredisent un accès déclaré continu, est à vérifier. Un point est celui d'un site s'il le désigne ou s'il est dans la limite de distance d'une de ses habitations.</translation>
        </message>
        <message>
            <source>An open site whose declared source is poor fails. If a private tap in service is known within the distance limit, or if nothing is declared and only poor sources are within it, the finding is to verify.</source>
            <translation>Un site existant dont la source déclarée est l'une de celles-ci est non conforme. Si un robinet hors voie publique en service est connu dans la limite de distance, ou si rien n'est déclaré et que seules de telles sources s'y trouvent, le constat est à vérifier.</translation>
        </message>
        <message>
            <source>An open site whose point is outside its own footprint, a point marked as of a site whose form says water on the site but outside the footprint, and a footprint of no site fail. Within the accuracy of the positions, or when nobody said where the water is, it is to verify. Without footprint nothing is said.</source>
            <translation>Un site existant dont le point est hors de sa propre emprise, un point rattaché à un site dont le formulaire dit l'eau sur site mais situé hors de l'emprise, et une emprise sans site sont non conformes. Dans la précision des positions, ou si personne n'a dit où est l'eau, c'est à vérifier. Sans emprise, rien n'est dit.</translation>
        </message>
        <message>
            <source>An open site whose record is older than the limit fails as an error; older than the first delay, it is a warning. A record without any date is to verify.</source>
            <translation>Un site existant dont la fiche est plus ancienne que la limite est en erreur ; plus ancienne que le premier délai, c'est un avertissement. Une fiche sans aucune date est à vérifier.</translation>
        </message>
        <message>
            <source>An open site whose target year is over, and a phase of an open site expected before the reference date and not completed, fail. In the target year itself, and for a phase without any date, it is to verify.</source>
            <translation>Un site existant dont l'année visée est passée, et une phase d'un site existant attendue avant la date de référence et non terminée, sont non conformes. L'année visée elle-même, et une phase sans aucune date, sont à vérifier.</translation>
        </message>
        <message>
            <source>An open site with its heat alert on fails when the declared access to water is not good, and is to verify when it is unknown. An alert that nobody set is no alert.</source>
            <translation>Un site existant en alerte canicule est non conforme si l'accès à l'eau déclaré n'est pas bon, et à vérifier s'il est inconnu. Une alerte que personne n'a posée n'en est pas une.</translation>
        </message>
        <message>
            <source>An open site with water whose form says stagnant water or unequal access fails; where the question is asked and has no answer, the finding is to verify. The platform counts both as to improve.</source>
            <translation>Un site existant ayant l'eau et dont le formulaire signale des eaux stagnantes ou un accès inégal est non conforme ; si la question est posée et reste sans réponse, le constat est à vérifier. La plateforme compte les deux « à améliorer ».</translation>
        </message>
        <message>
            <source>An unexpected error stopped the algorithm ({error}). Nothing was changed; the log has the details.</source>
            <translation>Une erreur inattendue a arrêté l’algorithme ({error}). Rien n’a été modifié ; le journal donne les détails.</translation>
        </message>
        <message>
            <source>An unexpected error stopped the work ({error}). The log has the details.</source>
            <translation>Une erreur imprévue a interrompu le travail ({error}). Le journal contient les détails.</translation>
        </message>
        <message>
            <source>Another &amp;value</source>
            <translation>Une &amp;autre valeur</translation>
        </message>
        <message>
            <source>Another program had removed what keeps the history of {layers}: it is kept again from now on, what was changed in between may be missing.</source>
            <translation>Un autre programme avait supprimé ce qui tient l'historique de {layers} : il est de nouveau tenu à partir de maintenant, ce qui a été modifié entre-temps peut manquer.</translation>
        </message>
        <message>
            <source>Another program took {gone} of the {known} records out of “{layer}”, and no deletion was seen: sending this would delete them for everybody. Nothing was sent. If they are to go, agree to it (the window of “Synchronise…” asks, the tool has a box to tick); else take the workspace again from a copy.</source>
            <translation>Un autre programme a retiré {gone} des {known} fiches de « {layer} », sans qu’aucune suppression ait été vue : l’envoyer les supprimerait pour tout le monde. Rien n’a été envoyé. Si elles doivent disparaître, donnez votre accord (la fenêtre de « Synchroniser… » le demande, le traitement a une case à cocher) ; sinon, reprenez l’espace de travail d’une copie.</translation>
        </message>
        <message>
            <source>Another record of the shared database already holds this value of “{field}”. Look for it after a synchronisation: enter another value, or give up the one of the two that is too much.</source>
            <translation>Une autre fiche de la base partagée a déjà cette valeur de « {field} ». Cherchez-la après une synchronisation : saisissez une autre valeur, ou abandonnez celle des deux qui est en trop.</translation>
        </message>
        <message>
            <source>Another value</source>
            <translation>Une autre valeur</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Réponse</translation>
        </message>
        <message>
            <source>Answer missing that another one calls for</source>
            <translation>Réponse manquante qu'une autre exige</translation>
        </message>
        <message>
            <source>Answer the question named, or correct the answer that calls for it.</source>
            <translation>Répondez à la question citée, ou corrigez la réponse qui l'exige.</translation>
        </message>
        <message>
            <source>Answer to {login}, who will read it</source>
            <translation>Réponse à {login}, qui la lira</translation>
        </message>
        <message>
            <source>Answers of the form beside the existing water points: their distance to the farthest dwelling as the crow flies, their state on the reference date, their place on the public road. The declared status follows the platform's rule; what is measured stands beside it, never instead of it.</source>
            <translation>Réponses du formulaire à côté des points d'eau existants : leur distance à vol d'oiseau à l'habitation la plus éloignée, leur état à la date de référence, leur place sur la voie publique. Le statut déclaré suit la règle de la plateforme ; la mesure figure à côté, jamais à sa place.</translation>
        </message>
        <message>
            <source>Answers of the platform's form, of 2022 or before according to the version of the record.</source>
            <translation>Réponses du formulaire de la plateforme, de 2022 ou d'avant selon la version de la fiche.</translation>
        </message>
        <message>
            <source>Any table</source>
            <translation>Tableau quelconque</translation>
        </message>
        <message>
            <source>Appear</source>
            <translation>Apparaissent</translation>
        </message>
        <message>
            <source>Apply to all {count} &amp;records of “{name}”, deleted together</source>
            <translation>A&amp;ppliquer aux {count} fiches de « {name} », supprimées ensemble</translation>
        </message>
        <message>
            <source>Apply to the &amp;other contradiction with the same two values</source>
            <translation>A&amp;ppliquer à l’autre contradiction entre les deux mêmes valeurs</translation>
        </message>
        <message>
            <source>Apply to the {count} &amp;other contradictions with the same two values</source>
            <translation>A&amp;ppliquer aux {count} autres contradictions entre les deux mêmes valeurs</translation>
        </message>
        <message>
            <source>Areas</source>
            <translation>Territoires</translation>
        </message>
        <message>
            <source>Areas (codes, separated by commas)</source>
            <translation>Territoires (codes, séparés par des virgules)</translation>
        </message>
        <message>
            <source>Areas where you write: {areas}.</source>
            <translation>Territoires où vous écrivez : {areas}.</translation>
        </message>
        <message>
            <source>Areas: {areas}</source>
            <translation>Territoires : {areas}</translation>
        </message>
        <message>
            <source>Arguments</source>
            <translation>Arguments</translation>
        </message>
        <message>
            <source>As the crow flies, each dwelling to its nearest usable water point; the worst served counts.</source>
            <translation>À vol d'oiseau, de chaque habitation à son point d'eau utilisable le plus proche ; la moins bien desservie compte.</translation>
        </message>
        <message>
            <source>As the crow flies, each part of the edge of the footprint to its nearest usable water point; the worst served counts.</source>
            <translation>À vol d'oiseau, de chaque partie du bord de l'emprise à son point d'eau utilisable le plus proche ; la moins bien desservie compte.</translation>
        </message>
        <message>
            <source>As the crow flies, from the point of the site: not measurable to the dwelling, for want of dwellings or of a footprint.</source>
            <translation>À vol d'oiseau, depuis le point du site : non mesurable à l'habitation, faute d'habitations ou d'emprise.</translation>
        </message>
        <message>
            <source>Ask the Shared Database</source>
            <translation>Interroger la base partagée</translation>
        </message>
        <message>
            <source>Ask the shared database what was written in this period</source>
            <translation>Demander à la base partagée ce qui a été écrit pendant cette période</translation>
        </message>
        <message>
            <source>Asked</source>
            <translation>Concernés</translation>
        </message>
        <message>
            <source>Asking the server</source>
            <translation>Question au serveur</translation>
        </message>
        <message>
            <source>Asking the shared database</source>
            <translation>Interrogation de la base partagée</translation>
        </message>
        <message>
            <source>At the last import: {value}</source>
            <translation>Au dernier import : {value}</translation>
        </message>
        <message>
            <source>At the next synchronisation: {decided}.</source>
            <translation>À la prochaine synchronisation : {decided}.</translation>
        </message>
        <message>
            <source>Attach</source>
            <translation>Rattacher</translation>
        </message>
        <message>
            <source>Attach Again</source>
            <translation>Rattacher de nouveau</translation>
        </message>
        <message>
            <source>Attach This Workspace</source>
            <translation>Rattacher cet espace de travail</translation>
        </message>
        <message>
            <source>Attach a workspace to the shared database</source>
            <translation>Rattacher un espace de travail à la base partagée</translation>
        </message>
        <message>
            <source>Attach and Send</source>
            <translation>Rattacher et envoyer</translation>
        </message>
        <message>
            <source>Attach this workspace by the connection “{name}”?</source>
            <translation>Rattacher cet espace de travail par la connexion « {name} » ?</translation>
        </message>
        <message>
            <source>Attaching the workspace</source>
            <translation>Rattachement de l'espace de travail</translation>
        </message>
        <message>
            <source>Audience</source>
            <translation>Destinataires</translation>
        </message>
        <message>
            <source>Audience of a new map</source>
            <translation>Destinataires d'une nouvelle carte</translation>
        </message>
        <message>
            <source>Author</source>
            <translation>Auteur</translation>
        </message>
        <message>
            <source>Barriers to cross on the easiest way to {point}, within {limit} m: {count} ({roads}). No usable water point within reach can be had without it.</source>
            <translation>Obstacles à franchir par le chemin le plus facile vers {point}, à moins de {limit} m : {count} ({roads}). Aucun point d'eau utilisable à portée n'est accessible autrement.</translation>
        </message>
        <message>
            <source>Barriers to cross on the way to water within {limit} m: {count} ({roads}). {point} lies on the near side, but nobody can say whether it works and is drinkable: verify it on the spot.</source>
            <translation>Obstacles à franchir vers l'eau à moins de {limit} m : {count} ({roads}). {point} est du bon côté, mais on ignore s'il fonctionne et s'il est potable : vérifiez-le sur place.</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Avant</translation>
        </message>
        <message>
            <source>Between two days</source>
            <translation>Entre deux jours</translation>
        </message>
        <message>
            <source>Beyond half an hour for a trip, people carry less water than they need.</source>
            <translation>Au-delà d'une demi-heure par trajet, on rapporte moins d'eau qu'il n'en faut.</translation>
        </message>
        <message>
            <source>Beyond this distance people carry too little water, and the State's own text asks for less than 200 m from the farthest dwelling.</source>
            <translation>Au-delà de cette distance, on transporte trop peu d'eau, et le texte même de l'État demande moins de 200 m depuis l'habitation la plus éloignée.</translation>
        </message>
        <message>
            <source>Both are sites of the platform, under the numbers {first} and {second}: settle there which one remains, correct the number of the other here, then merge.</source>
            <translation>Les deux sont des sites de la plateforme, sous les numéros {first} et {second} : décidez là-bas lequel reste, corrigez ici le numéro de l'autre, puis fusionnez.</translation>
        </message>
        <message>
            <source>Both records have their own “{layer}”, of which there can be one only: make these two agree, or delete one of them, then merge again.</source>
            <translation>Les deux fiches ont chacune leur « {layer} », alors qu'il ne peut y en avoir qu'un : accordez-les ou supprimez-en un, puis fusionnez de nouveau.</translation>
        </message>
        <message>
            <source>Bring a point closer, or have one repaired; draw the dwellings, and note the state of the points where it is unknown.</source>
            <translation>Rapprochez un point, ou faites-en réparer un ; dessinez les habitations, et notez l'état des points là où il est inconnu.</translation>
        </message>
        <message>
            <source>Bring a second point within reach, or agree with the operator on the delay of a repair.</source>
            <translation>Amenez un second point à portée, ou convenez avec le gestionnaire d'un délai de réparation.</translation>
        </message>
        <message>
            <source>Bring in streets from OpenStreetMap or from a layer of lines</source>
            <translation>Importer des rues d'OpenStreetMap ou d'une couche de lignes</translation>
        </message>
        <message>
            <source>Bring in the platform's list of sites; nothing is written before you have seen a preview</source>
            <translation>Importer la liste des sites de la plateforme ; rien n'est écrit avant que vous n'ayez vu un aperçu</translation>
        </message>
        <message>
            <source>Bring in water points from a file; nothing is written before you have seen a preview</source>
            <translation>Importer des points d'eau depuis un fichier ; rien n'est écrit avant que vous n'ayez vu un aperçu</translation>
        </message>
        <message>
            <source>Bring water closer, add taps or raise the flow; count the people and the taps where they are unknown.</source>
            <translation>Rapprochez l'eau, ajoutez des robinets ou augmentez le débit ; comptez les habitants et les robinets là où ils sont inconnus.</translation>
        </message>
        <message>
            <source>Brings the shared database up to the version of this plugin, in one transaction: whoever synchronises meanwhile waits for it. The connection is that of the administrator who installed it. Back the database up before.</source>
            <translation>Met la base partagée à la version de cette extension, en une seule transaction : qui synchronise pendant ce temps l’attend. La connexion est celle de l’administrateur qui l’a installée. Sauvegardez la base avant.</translation>
        </message>
        <message>
            <source>By</source>
            <translation>Par</translation>
        </message>
        <message>
            <source>By its commune, or that of its site, it is, or was, in an area where you do not write. Correct the commune or the place, or ask the administrator to widen your areas.</source>
            <translation>D'après sa commune, ou celle de son site, elle est, ou était, dans un territoire où vous n'écrivez pas. Corrigez la commune ou l'emplacement, ou demandez à l'administrateur d'étendre vos territoires.</translation>
        </message>
        <message>
            <source>C&amp;onnection</source>
            <translation>C&amp;onnexion</translation>
        </message>
        <message>
            <source>Calendar months between the beginnings of the phases; a phase that goes on is measured to the reference date. Within the margin, the finding is to verify.</source>
            <translation>Mois calendaires entre les débuts des phases ; une phase en cours est mesurée jusqu'à la date de référence. Dans la marge, le constat est à vérifier.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Cancelled: nothing was changed.</source>
            <translation>Annulé : rien n'a été modifié.</translation>
        </message>
        <message>
            <source>Cannot be received</source>
            <translation>Ne peut pas être reçue</translation>
        </message>
        <message>
            <source>Change Access</source>
            <translation>Modifier l'accès</translation>
        </message>
        <message>
            <source>Change the Decision</source>
            <translation>Changer la décision</translation>
        </message>
        <message>
            <source>Change the role, the areas or the rights of the selected person (Enter or double click)</source>
            <translation>Modifier le rôle, les territoires ou les droits de la personne sélectionnée (Entrée ou double-clic)</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Modifiés</translation>
        </message>
        <message>
            <source>Changed by {sender}, deleted by {other}</source>
            <translation>Modifiée par {sender}, supprimée par {other}</translation>
        </message>
        <message>
            <source>Changed in both since the last import: {count}, see the tab Changed.</source>
            <translation>Modifiés des deux côtés depuis le dernier import : {count}, voir l'onglet Modifiés.</translation>
        </message>
        <message>
            <source>Changes</source>
            <translation>Modifications</translation>
        </message>
        <message>
            <source>Changes of the shared database</source>
            <translation>Modifications de la base partagée</translation>
        </message>
        <message>
            <source>Changes, newest first</source>
            <translation>Modifications, de la plus récente à la plus ancienne</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Contrôle</translation>
        </message>
        <message>
            <source>Check My Own &amp;Layers…</source>
            <translation>Contrôler mes &amp;propres couches…</translation>
        </message>
        <message>
            <source>Check another day, without the selected water points, or with more people; nothing is written</source>
            <translation>Contrôler un autre jour, sans les points d'eau sélectionnés, ou avec plus de personnes ; rien n'est écrit</translation>
        </message>
        <message>
            <source>Check layers of your own, where they are: nothing is imported</source>
            <translation>Contrôler vos propres couches, là où elles sont : rien n'est importé</translation>
        </message>
        <message>
            <source>Check my own layers</source>
            <translation>Contrôler mes propres couches</translation>
        </message>
        <message>
            <source>Check the whole workspace</source>
            <translation>Contrôler tout l'espace de travail</translation>
        </message>
        <message>
            <source>Check the whole workspace again</source>
            <translation>Contrôler de nouveau tout l'espace de travail</translation>
        </message>
        <message>
            <source>Check what each column fills, and correct it by a click in the last column.</source>
            <translation>Vérifiez ce que chaque colonne remplit ; corrigez d'un clic dans la dernière colonne.</translation>
        </message>
        <message>
            <source>Checking what was edited</source>
            <translation>Contrôle de ce qui a été modifié</translation>
        </message>
        <message>
            <source>Checks</source>
            <translation>Contrôles</translation>
        </message>
        <message>
            <source>Checks (all when empty)</source>
            <translation>Contrôles (tous si vide)</translation>
        </message>
        <message>
            <source>Checks and maps</source>
            <translation>Contrôles et cartes</translation>
        </message>
        <message>
            <source>Checks sites (points or polygons), water points, dwellings and counts of your own, where they are: nothing is imported.</source>
            <translation>Contrôle vos propres couches de sites (points ou polygones), de points d'eau, d'habitations et de comptages, là où elles sont : rien n'est importé.</translation>
        </message>
        <message>
            <source>Checks, one by one</source>
            <translation>Contrôles, un par un</translation>
        </message>
        <message>
            <source>Children fetch water: having to cross a road, a railway or a river to reach it puts them in danger.</source>
            <translation>Des enfants vont chercher l'eau : devoir franchir une route, une voie ferrée ou une rivière les met en danger.</translation>
        </message>
        <message>
            <source>Choice of this plugin, after the crucialness of WPdx (Rehabilitation Priority tool, 2021).</source>
            <translation>Choix de cette extension, d'après la « crucialness » de WPdx (outil Rehabilitation Priority, 2021).</translation>
        </message>
        <message>
            <source>Choice of this plugin: a footprint is drawn to some metres from a photograph.</source>
            <translation>Choix de cette extension : une emprise est dessinée à quelques mètres près sur une photographie.</translation>
        </message>
        <message>
            <source>Choice of this plugin: an operator's estimate is trusted to a tenth.</source>
            <translation>Choix de cette extension : une estimation d'opérateur est sûre à un dixième près.</translation>
        </message>
        <message>
            <source>Choice of this plugin: no text names a class. Tertiary is the smallest class of through road in OpenStreetMap. Railways and watercourses always count.</source>
            <translation>Choix de cette extension : aucun texte ne nomme de classe. La classe tertiaire est la plus petite classe de voie de transit d'OpenStreetMap. Les voies ferrées et les cours d'eau comptent toujours.</translation>
        </message>
        <message>
            <source>Choice of this plugin: one test a year. No text found sets an age.</source>
            <translation>Choix de cette extension : une analyse par an. Aucun texte trouvé ne fixe d'âge.</translation>
        </message>
        <message>
            <source>Choice of this plugin: one visit a season.</source>
            <translation>Choix de cette extension : une visite par saison.</translation>
        </message>
        <message>
            <source>Choice of this plugin: phases begin on working days, around the day planned.</source>
            <translation>Choix de cette extension : les phases commencent un jour ouvré, autour du jour prévu.</translation>
        </message>
        <message>
            <source>Choice of this plugin: six of the platform's eight criteria.</source>
            <translation>Choix de cette extension : six des huit critères de la plateforme.</translation>
        </message>
        <message>
            <source>Choice of this plugin: the instruction of 25 January 2018 asks to act as early as possible, without a number of days.</source>
            <translation>Choix de cette extension : l'instruction du 25 janvier 2018 demande d'agir le plus tôt possible, sans nombre de jours.</translation>
        </message>
        <message>
            <source>Choice of this plugin: the reference limits are simplified, and leave gaps of some metres.</source>
            <translation>Choix de cette extension : les limites de référence sont simplifiées et laissent des interstices de quelques mètres.</translation>
        </message>
        <message>
            <source>Choice of this plugin: two points closer than this are usually one.</source>
            <translation>Choix de cette extension : deux points plus proches n'en font en général qu'un.</translation>
        </message>
        <message>
            <source>Choice of this plugin: two sites closer than this are usually one.</source>
            <translation>Choix de cette extension : deux sites plus proches n'en font en général qu'un.</translation>
        </message>
        <message>
            <source>Choice of this plugin; the site's own number of households is used where known.</source>
            <translation>Choix de cette extension ; le nombre de ménages du site est utilisé s'il est connu.</translation>
        </message>
        <message>
            <source>Choose a file: its columns are shown here. Nothing is written before you agree.</source>
            <translation>Choisissez un fichier : ses colonnes s'affichent ici. Rien n'est écrit avant votre accord.</translation>
        </message>
        <message>
            <source>Choose and test the shared database, attach this workspace to it or detach it</source>
            <translation>Choisir et tester la base partagée, y rattacher cet espace de travail ou l'en détacher</translation>
        </message>
        <message>
            <source>Choose at least one department for the workspace.</source>
            <translation>Choisissez au moins un département pour l’espace de travail.</translation>
        </message>
        <message>
            <source>Choose the export or drop it here. Nothing is written before you agree.</source>
            <translation>Choisissez l'export ou déposez-le ici. Rien n'est écrit avant votre accord.</translation>
        </message>
        <message>
            <source>Choose the file of the map.</source>
            <translation>Choisissez le fichier de la carte.</translation>
        </message>
        <message>
            <source>Choose what at least one photo shows.</source>
            <translation>Indiquez ce que montre au moins une photo.</translation>
        </message>
        <message>
            <source>Chosen for this run.</source>
            <translation>Choisi pour cette exécution.</translation>
        </message>
        <message>
            <source>Circles: their size follows the number of sites, their parts the declared access.</source>
            <translation>Cercles : taille selon le nombre de sites, parts selon l’accès déclaré.</translation>
        </message>
        <message>
            <source>City of Paris, drinking fountains</source>
            <translation>Ville de Paris, fontaines à boire</translation>
        </message>
        <message>
            <source>Clearance</source>
            <translation>Résorption</translation>
        </message>
        <message>
            <source>Cleared as declared, not as computed (or the reverse)</source>
            <translation>Résorbé selon la déclaration, pas selon le calcul (ou l'inverse)</translation>
        </message>
        <message>
            <source>Click a finding to see it on the map; double click or Enter opens its form at the field.</source>
            <translation>Cliquez sur un constat pour le voir sur la carte ; un double-clic ou Entrée ouvre le formulaire au champ concerné.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Closed sites left as they were: {count}.</source>
            <translation>Sites fermés laissés tels quels : {count}.</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>Codes of departments, intercommunalities or communes, separated by commas. An officer reads their departments and writes in these areas only.</source>
            <translation>Codes de départements, d'intercommunalités ou de communes, séparés par des virgules. Un agent lit leurs départements et n'écrit que dans ces territoires.</translation>
        </message>
        <message>
            <source>Column</source>
            <translation>Colonne</translation>
        </message>
        <message>
            <source>Column of the file</source>
            <translation>Colonne du fichier</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colonnes</translation>
        </message>
        <message>
            <source>Columns are recognised by their names; say the others as field=column;field=column. Layers left out are read from the workspace, when one is given. Nothing is written but the outputs.</source>
            <translation>Les colonnes sont reconnues à leur nom ; indiquez les autres sous la forme champ=colonne;champ=colonne. Les couches laissées vides sont lues dans l'espace de travail, s'il est donné. Rien n'est écrit hors des sorties.</translation>
        </message>
        <message>
            <source>Columns of {layer}, as in population_total=nb_pers</source>
            <translation>Colonnes de {layer}, par exemple population_total=nb_pers</translation>
        </message>
        <message>
            <source>Columns, as in latitude=lat;longitude=lon;name=nom</source>
            <translation>Colonnes, par exemple latitude=lat;longitude=lon;name=nom</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>Commentaire</translation>
        </message>
        <message>
            <source>Commune</source>
            <translation>Commune</translation>
        </message>
        <message>
            <source>Commune of a position, offline. Parts: code, name, epci, department, distance (metres to its simplified outline). The third argument is the code already written: it is kept while the position lies within 500 m of that commune. Example: resorption_commune(@geometry, 'name', "fk_city")</source>
            <translation>Commune d’une position, sans réseau. Parties : code, name (nom), epci, department (département), distance (mètres jusqu’à son contour simplifié). Le troisième argument est le code déjà saisi : il est conservé tant que la position est à moins de 500 m de cette commune. Exemple : resorption_commune(@geometry, 'name', "fk_city")</translation>
        </message>
        <message>
            <source>Commune, layer and record</source>
            <translation>Commune, couche et fiche</translation>
        </message>
        <message>
            <source>Commune, site or check</source>
            <translation>Commune, site ou contrôle</translation>
        </message>
        <message>
            <source>Comparing with the workspace…</source>
            <translation>Comparaison avec l'espace de travail…</translation>
        </message>
        <message>
            <source>Complete the solutions with the people of each, or correct what is declared.</source>
            <translation>Complétez les orientations avec les personnes de chacune, ou corrigez ce qui est déclaré.</translation>
        </message>
        <message>
            <source>Compute &amp;Distances</source>
            <translation>Calculer les &amp;distances</translation>
        </message>
        <message>
            <source>Compute and check again after each saved edit</source>
            <translation>Recalculer et contrôler après chaque enregistrement</translation>
        </message>
        <message>
            <source>Compute distances to water</source>
            <translation>Calculer les distances à l'eau</translation>
        </message>
        <message>
            <source>Compute the distances from every site to the water that serves it</source>
            <translation>Calculer les distances de chaque site à l'eau qui le dessert</translation>
        </message>
        <message>
            <source>Computing the figures</source>
            <translation>Calcul des indicateurs</translation>
        </message>
        <message>
            <source>Confirmed as unchanged on {day}</source>
            <translation>Confirmée sans changement le {day}</translation>
        </message>
        <message>
            <source>Conflicts</source>
            <translation>Conflits</translation>
        </message>
        <message>
            <source>Connect a private tap on the site; where there is one, correct the form or place it on the map.</source>
            <translation>Raccordez un robinet hors voie publique sur le site ; s'il existe, corrigez le formulaire ou placez-le sur la carte.</translation>
        </message>
        <message>
            <source>Connection</source>
            <translation>Connexion</translation>
        </message>
        <message>
            <source>Connection to the shared database</source>
            <translation>Connexion à la base partagée</translation>
        </message>
        <message>
            <source>Connection…</source>
            <translation>Connexion…</translation>
        </message>
        <message>
            <source>Contradiction</source>
            <translation>Contradiction</translation>
        </message>
        <message>
            <source>Contradictions</source>
            <translation>Contradictions</translation>
        </message>
        <message>
            <source>Contradictions to decide, by site</source>
            <translation>Contradictions à décider, par site</translation>
        </message>
        <message>
            <source>Copy of the workspace as it was</source>
            <translation>Copie de l’espace de travail tel qu’il était</translation>
        </message>
        <message>
            <source>Correct</source>
            <translation>Corriger</translation>
        </message>
        <message>
            <source>Correct the answer named on the form, or place the missing water point on the map.</source>
            <translation>Corrigez la réponse citée dans le formulaire, ou placez sur la carte le point d'eau qui manque.</translation>
        </message>
        <message>
            <source>Correct the count named, or count again.</source>
            <translation>Corrigez l'effectif cité, ou comptez de nouveau.</translation>
        </message>
        <message>
            <source>Correct the date named.</source>
            <translation>Corrigez la date citée.</translation>
        </message>
        <message>
            <source>Correct the dates or the number of people, or settle with the operator what comes next.</source>
            <translation>Corrigez les dates ou l'effectif, ou convenez de la suite avec l'opérateur.</translation>
        </message>
        <message>
            <source>Correct…</source>
            <translation>Corriger…</translation>
        </message>
        <message>
            <source>Counting what is older</source>
            <translation>Comptage de ce qui est plus ancien</translation>
        </message>
        <message>
            <source>Counts that contradict each other</source>
            <translation>Effectifs qui se contredisent</translation>
        </message>
        <message>
            <source>Counts what would come; nothing is exchanged before you ask for it</source>
            <translation>Compte ce qui arriverait ; rien n'est échangé avant que vous le demandiez</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>Créer</translation>
        </message>
        <message>
            <source>Created</source>
            <translation>Création</translation>
        </message>
        <message>
            <source>Curve</source>
            <translation>Courbe</translation>
        </message>
        <message>
            <source>Curve of {figure}</source>
            <translation>Courbe : {figure}</translation>
        </message>
        <message>
            <source>Curve of {figure}; the tab Values has its numbers</source>
            <translation>Courbe : {figure} ; l'onglet Valeurs donne ses nombres</translation>
        </message>
        <message>
            <source>DIHAL report 2021 (water is not safe where people might have to cross a road) and article R. 2224-5-6 of the CGCT (solutions create no risk to health and safety).</source>
            <translation>Rapport DIHAL 2021 (l'eau n'est pas sûre là où il faut parfois traverser une route) et article R. 2224-5-6 du CGCT (les solutions ne créent pas de risque pour la santé et la sécurité).</translation>
        </message>
        <message>
            <source>DIHAL report 2021 and form of closure of Résorption-bidonvilles: 66 % of the inhabitants.</source>
            <translation>Rapport DIHAL 2021 et formulaire de fermeture de Résorption-bidonvilles : 66 % des habitants.</translation>
        </message>
        <message>
            <source>DIHAL report 2021, SIBEL programme: cohorts of 15 people.</source>
            <translation>Rapport DIHAL 2021, programme SIBEL : cohortes de 15 personnes.</translation>
        </message>
        <message>
            <source>DIHAL report 2021, SIBEL programme: orientation 2 to 4 months, training 4 to 6, integration 6.</source>
            <translation>Rapport DIHAL 2021, programme SIBEL : orientation de 2 à 4 mois, formation de 4 à 6, intégration de 6.</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>Données</translation>
        </message>
        <message>
            <source>Data model</source>
            <translation>Modèle</translation>
        </message>
        <message>
            <source>Data quality</source>
            <translation>Qualité des données</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Date</translation>
        </message>
        <message>
            <source>Date of the data</source>
            <translation>Date des données</translation>
        </message>
        <message>
            <source>Date the records of the selected sites without changing anything in them</source>
            <translation>Dater les fiches des sites sélectionnés sans rien y changer</translation>
        </message>
        <message>
            <source>Date this record without changing anything in it: the visit taught nothing new</source>
            <translation>Dater cette fiche sans rien y changer : la visite n'a rien appris de nouveau</translation>
        </message>
        <message>
            <source>Dates out of order or in the future</source>
            <translation>Dates dans le désordre ou dans le futur</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Days from &amp;today</source>
            <translation>&amp;Jours à partir d'aujourd'hui</translation>
        </message>
        <message>
            <source>Days from the last visit (else from the day its state was seen) to the reference date.</source>
            <translation>Jours de la dernière visite (à défaut, du jour où l'état a été constaté) à la date de référence.</translation>
        </message>
        <message>
            <source>Days from the report of the site to the reference date; a diagnostic is done when the form or a completed phase says so.</source>
            <translation>Jours du signalement du site à la date de référence ; un diagnostic est réalisé si le formulaire ou une phase terminée le dit.</translation>
        </message>
        <message>
            <source>Decide</source>
            <translation>Décider</translation>
        </message>
        <message>
            <source>Decide a Contradiction</source>
            <translation>Décider d’une contradiction</translation>
        </message>
        <message>
            <source>Decided in vain</source>
            <translation>Décision devenue sans objet</translation>
        </message>
        <message>
            <source>Decided, and not sent yet: you may change it until the next synchronisation.</source>
            <translation>Décidé, pas encore envoyé : vous pouvez changer la décision jusqu’à la prochaine synchronisation.</translation>
        </message>
        <message>
            <source>Decide…</source>
            <translation>Décider…</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>Décision</translation>
        </message>
        <message>
            <source>Decisions on uncertain rows, as in 12=new;13=skip</source>
            <translation>Décisions sur les lignes incertaines, par exemple 12=new;13=skip</translation>
        </message>
        <message>
            <source>Declared access</source>
            <translation>Accès déclaré</translation>
        </message>
        <message>
            <source>Declared access to water disagrees with the measure</source>
            <translation>Accès à l'eau déclaré en désaccord avec la mesure</translation>
        </message>
        <message>
            <source>Declared access: rule of the State's platform Résorption-bidonvilles. Yes: private tap on the site, continuous, shared by all. To improve: the same with a fault. No: any other source.</source>
            <translation>Accès déclaré : règle de la plateforme Résorption-bidonvilles. Oui : robinet hors voie publique, sur le site, continu et accessible à tous. À améliorer : le même, avec un défaut. Non : toute autre source.</translation>
        </message>
        <message>
            <source>Definition</source>
            <translation>Définition</translation>
        </message>
        <message>
            <source>Definitions</source>
            <translation>Définitions</translation>
        </message>
        <message>
            <source>Delays are computed from dates: one wrong year, and a median is worth nothing.</source>
            <translation>Les délais se calculent sur les dates : une année fausse, et une médiane ne vaut plus rien.</translation>
        </message>
        <message>
            <source>Delete for Everybody and Synchronise</source>
            <translation>Supprimer pour tous et synchroniser</translation>
        </message>
        <message>
            <source>Delete for everybody what another program took out of a layer</source>
            <translation>Supprimer pour tout le monde ce qu’un autre programme a retiré d’une couche</translation>
        </message>
        <message>
            <source>Deleted</source>
            <translation>Suppression</translation>
        </message>
        <message>
            <source>Deleted Records</source>
            <translation>Fiches supprimées</translation>
        </message>
        <message>
            <source>Deleted by {sender}, changed by {other}</source>
            <translation>Supprimée par {sender}, modifiée par {other}</translation>
        </message>
        <message>
            <source>Demonstration workspace</source>
            <translation>Espace de démonstration</translation>
        </message>
        <message>
            <source>Department</source>
            <translation>Département</translation>
        </message>
        <message>
            <source>Department codes, separated by commas</source>
            <translation>Codes des départements, séparés par des virgules</translation>
        </message>
        <message>
            <source>Department: people on its open sites</source>
            <translation>Département : personnes sur ses sites</translation>
        </message>
        <message>
            <source>Departments</source>
            <translation>Départements</translation>
        </message>
        <message>
            <source>Detach a workspace from the shared database</source>
            <translation>Détacher un espace de travail de la base partagée</translation>
        </message>
        <message>
            <source>Detach anyway when something is left to do</source>
            <translation>Détacher quand même s’il reste quelque chose à faire</translation>
        </message>
        <message>
            <source>Detach the workspace?</source>
            <translation>Détacher l'espace de travail ?</translation>
        </message>
        <message>
            <source>Detaching the workspace</source>
            <translation>Détachement de l'espace de travail</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Détail</translation>
        </message>
        <message>
            <source>Details…</source>
            <translation>Détails…</translation>
        </message>
        <message>
            <source>Distance</source>
            <translation>Distance</translation>
        </message>
        <message>
            <source>Distance between the points of the sites, in the projected system; 0 where their footprints overlap.</source>
            <translation>Distance entre les points des sites, dans le système projeté ; 0 si leurs emprises se recouvrent.</translation>
        </message>
        <message>
            <source>Distance between the two points, in the projected system.</source>
            <translation>Distance entre les deux points, dans le système projeté.</translation>
        </message>
        <message>
            <source>Distance from the position to the footprint of the site, in the projected system.</source>
            <translation>Distance de la position à l'emprise du site, dans le système projeté.</translation>
        </message>
        <message>
            <source>Distance from the position to the simplified limit of the commune whose INSEE code the record gives.</source>
            <translation>Distance de la position à la limite simplifiée de la commune dont la fiche donne le code INSEE.</translation>
        </message>
        <message>
            <source>Distances</source>
            <translation>Distances</translation>
        </message>
        <message>
            <source>Distances are measured from the footprint: a wrong one moves the water nearer or farther.</source>
            <translation>Les distances se mesurent depuis l'emprise : fausse, elle rapproche ou éloigne l'eau.</translation>
        </message>
        <message>
            <source>Distances computed on {date}</source>
            <translation>Distances calculées le {date}</translation>
        </message>
        <message>
            <source>Distances to water</source>
            <translation>Distances à l'eau</translation>
        </message>
        <message>
            <source>Do not add</source>
            <translation>Ne pas ajouter</translation>
        </message>
        <message>
            <source>Document</source>
            <translation>Document</translation>
        </message>
        <message>
            <source>Doubt about an estimated number of people</source>
            <translation>Marge de doute sur un nombre d'habitants estimé</translation>
        </message>
        <message>
            <source>Doubt along the limits of communes</source>
            <translation>Marge de doute le long des limites communales</translation>
        </message>
        <message>
            <source>Draw the footprint again, move the point, or correct the answer on where the water is.</source>
            <translation>Dessinez de nouveau l'emprise, déplacez le point, ou corrigez la réponse sur l'emplacement de l'eau.</translation>
        </message>
        <message>
            <source>Drawing the curve</source>
            <translation>Tracé de la courbe</translation>
        </message>
        <message>
            <source>Drinking water too far from the dwellings</source>
            <translation>Eau potable trop loin des habitations</translation>
        </message>
        <message>
            <source>Drinking water within {limit} m: people of the sites whose farthest dwelling (else the edge of the footprint, else the point of the site) is at most {limit} m as the crow flies from a point that works and is drinkable on {day}.</source>
            <translation>Eau potable à {limit} m au plus : personnes des sites dont l’habitation la plus éloignée (à défaut le bord de l’emprise, à défaut le point du site) est à {limit} m au plus, à vol d’oiseau, d’un point d’eau potable en service au {day}.</translation>
        </message>
        <message>
            <source>Each person gets at least {litres} L of water a day, for a least of {limit} L, but the flow, the hours or the refills of a point are unknown: measure them.</source>
            <translation>Chaque personne dispose d'au moins {litres} L d'eau par jour, pour un minimum de {limit} L, mais le débit, les horaires ou les remplissages d'un point sont inconnus : mesurez-les.</translation>
        </message>
        <message>
            <source>Each person gets at most {litres} L of water a day, for a least of {limit} L, but nobody counted the people of another site around the same points: count them.</source>
            <translation>Chaque personne dispose d'au plus {litres} L d'eau par jour, pour un minimum de {limit} L, mais les habitants d'un autre site autour des mêmes points n'ont pas été comptés : comptez-les.</translation>
        </message>
        <message>
            <source>Each person gets {litres} L of water a day, for a least of {limit} L: too close to call with an estimated number of people.</source>
            <translation>Chaque personne dispose de {litres} L d'eau par jour, pour un minimum de {limit} L : l'estimation du nombre d'habitants ne permet pas de trancher.</translation>
        </message>
        <message>
            <source>Each person gets {litres} L of water a day; the least is {limit} L, the target {target} L. The site has {people} people.</source>
            <translation>Chaque personne dispose de {litres} L d'eau par jour ; le minimum est de {limit} L, l'objectif de {target} L. Habitants du site : {people}.</translation>
        </message>
        <message>
            <source>Each person would get {litres} L of water a day, for a least of {limit} L, if the points whose state or potability is unknown are usable: verify them.</source>
            <translation>Chaque personne disposerait de {litres} L d'eau par jour, pour un minimum de {limit} L, si les points dont l'état ou la potabilité est inconnu sont utilisables : vérifiez-les.</translation>
        </message>
        <message>
            <source>Each photo is copied beside the workspace; the original is left as it is. The nearest site or water point is proposed when the photo says where it was taken.</source>
            <translation>Chaque photo est copiée à côté de l'espace de travail ; l'original reste tel quel. Le site ou le point d'eau le plus proche est proposé quand la photo dit où elle a été prise.</translation>
        </message>
        <message>
            <source>Each tap is shared by all the people of the open sites within its reach, and a site adds up the shares it gets. A point serves a site when it is within the distance limit of one of its dwellings, or names it. A working point whose taps nobody counted has one.</source>
            <translation>Chaque robinet est partagé entre tous les habitants des sites existants à sa portée, et un site additionne les parts qui lui reviennent. Un point dessert un site s'il est dans la limite de distance d'une de ses habitations, ou s'il le désigne. Un point en service dont personne n'a compté les robinets en a un.</translation>
        </message>
        <message>
            <source>Each text that people write: its length, its characters, and patterns of French telephone numbers, e-mail addresses and social security numbers (with their key). What is found is not repeated here.</source>
            <translation>Chaque texte saisi : sa longueur, ses caractères, et les formes de numéros de téléphone français, d'adresses électroniques et de numéros de sécurité sociale (avec leur clé). Ce qui est trouvé n'est pas répété ici.</translation>
        </message>
        <message>
            <source>Encrypted line (TLS): {answer}</source>
            <translation>Liaison chiffrée (TLS) : {answer}</translation>
        </message>
        <message>
            <source>Entered twice</source>
            <translation>Saisie en double</translation>
        </message>
        <message>
            <source>Entries</source>
            <translation>Entrées</translation>
        </message>
        <message>
            <source>Erase what is older than {months} months?</source>
            <translation>Effacer ce qui est plus ancien que {months} mois ?</translation>
        </message>
        <message>
            <source>Erasing the oldest entries of the log</source>
            <translation>Effacement des plus anciennes entrées du journal</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>Erreur</translation>
        </message>
        <message>
            <source>Errors</source>
            <translation>Erreurs</translation>
        </message>
        <message>
            <source>Every record where an answer calls for another one that is missing, or that has one nobody asked for: a diagnostic done without a date, unequal access without details, a judgement without a court. Where the first answer is unknown, nothing is missing.</source>
            <translation>Toute fiche où une réponse en exige une autre qui manque, ou qui en a une que rien ne demandait : un diagnostic réalisé sans date, un accès inégal sans précisions, une décision de justice sans origine. Si la première réponse est inconnue, rien ne manque.</translation>
        </message>
        <message>
            <source>Every record whose dates break a rule of its form: an end before its beginning, a closure before the report, a date after the day of the run. A broken rule that the form only warns about, and a date that cannot be read, are to verify.</source>
            <translation>Toute fiche dont les dates enfreignent une règle de son formulaire : une fin avant son début, une fermeture avant le signalement, une date postérieure au jour du contrôle. Une règle qui n'est qu'un avertissement du formulaire, et une date illisible, sont à vérifier.</translation>
        </message>
        <message>
            <source>Every record with a part larger than its whole: more minors than people, more girls than minors, age classes that add up to more than the minors, more households than people. A count that nobody made contradicts nothing.</source>
            <translation>Toute fiche où une partie dépasse le tout : plus de mineurs que de personnes, plus de filles que de mineurs, des tranches d'âge dont la somme dépasse les mineurs, plus de ménages que de personnes. Un effectif que personne n'a compté ne contredit rien.</translation>
        </message>
        <message>
            <source>Everything that you may read will be received anew (first exchange, other rights, or the shared database was restored). What you wrote here is kept.</source>
            <translation>Tout ce que vous pouvez lire sera reçu de nouveau (premier échange, droits modifiés, ou base partagée restaurée). Ce que vous avez écrit ici est gardé.</translation>
        </message>
        <message>
            <source>Everything was read anew.</source>
            <translation>Tout a été relu.</translation>
        </message>
        <message>
            <source>Everything was sent.</source>
            <translation>Tout est envoyé.</translation>
        </message>
        <message>
            <source>Example</source>
            <translation>Exemple</translation>
        </message>
        <message>
            <source>Examples</source>
            <translation>Exemples</translation>
        </message>
        <message>
            <source>Exception</source>
            <translation>Exception</translation>
        </message>
        <message>
            <source>Exchange longitude and latitude</source>
            <translation>Échanger longitude et latitude</translation>
        </message>
        <message>
            <source>Exchange what changed with the shared database, after seeing it</source>
            <translation>Échanger ce qui a changé avec la base partagée, après l'avoir vu</translation>
        </message>
        <message>
            <source>Exchanging… The progress is at the bottom of the window.</source>
            <translation>Échange en cours… L'avancement est en bas de la fenêtre.</translation>
        </message>
        <message>
            <source>Export What Is Set Aside</source>
            <translation>Exporter ce qui est mis de côté</translation>
        </message>
        <message>
            <source>Export What Was Handed Over</source>
            <translation>Exporter ce qui a été remis</translation>
        </message>
        <message>
            <source>Export of the platform</source>
            <translation>Export de la plateforme</translation>
        </message>
        <message>
            <source>Export of {day}.</source>
            <translation>Export du {day}.</translation>
        </message>
        <message>
            <source>Export the Changes</source>
            <translation>Exporter les modifications</translation>
        </message>
        <message>
            <source>Export the List…</source>
            <translation>Exporter la liste…</translation>
        </message>
        <message>
            <source>Export the figures</source>
            <translation>Exporter les indicateurs</translation>
        </message>
        <message>
            <source>Export the map</source>
            <translation>Exporter la carte</translation>
        </message>
        <message>
            <source>Export water points</source>
            <translation>Exporter les points d’eau</translation>
        </message>
        <message>
            <source>Exporting the changes</source>
            <translation>Export des modifications</translation>
        </message>
        <message>
            <source>Exporting what is set aside</source>
            <translation>Export de ce qui est mis de côté</translation>
        </message>
        <message>
            <source>Exporting what was handed over</source>
            <translation>Export de ce qui a été remis</translation>
        </message>
        <message>
            <source>Exports</source>
            <translation>Exports</translation>
        </message>
        <message>
            <source>Exports of the platform</source>
            <translation>Exports de la plateforme</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exporter…</translation>
        </message>
        <message>
            <source>F&amp;igure</source>
            <translation>&amp;Indicateur</translation>
        </message>
        <message>
            <source>F&amp;ormat</source>
            <translation>F&amp;ormat</translation>
        </message>
        <message>
            <source>FTE</source>
            <translation>ETP</translation>
        </message>
        <message>
            <source>Farthest water point (m); the nearest is always kept</source>
            <translation>Point d'eau le plus éloigné (m) ; le plus proche est toujours conservé</translation>
        </message>
        <message>
            <source>Farthest water point looked for</source>
            <translation>Distance maximale de recherche d'un point d'eau</translation>
        </message>
        <message>
            <source>Features with a finding</source>
            <translation>Entités concernées par un constat</translation>
        </message>
        <message>
            <source>Fetching a can of water takes {minutes} min ({walk} min on the way, {queue} min at the tap); the limit is {limit} min.</source>
            <translation>Aller chercher un bidon d'eau prend {minutes} min ({walk} min de trajet, {queue} min au robinet) ; la limite est de {limit} min.</translation>
        </message>
        <message>
            <source>Fetching a can of water takes {minutes} min in the middle of the queue and {last} min at its end, for a limit of {limit} min: ask on the spot.</source>
            <translation>Aller chercher un bidon d'eau prend {minutes} min au milieu de la file et {last} min à la fin, pour une limite de {limit} min : renseignez-vous sur place.</translation>
        </message>
        <message>
            <source>Fetching a can of water would take {minutes} min, for a limit of {limit} min, but the flow, the taps, the state of a point or the number of people is not known well enough: verify them.</source>
            <translation>Aller chercher un bidon d'eau prendrait {minutes} min, pour une limite de {limit} min, mais le débit, les robinets, l'état d'un point ou le nombre d'habitants n'est pas assez bien connu : vérifiez-les.</translation>
        </message>
        <message>
            <source>Fetching water takes too long</source>
            <translation>Trop de temps pour aller chercher l'eau</translation>
        </message>
        <message>
            <source>Field</source>
            <translation>Champ</translation>
        </message>
        <message>
            <source>Figure</source>
            <translation>Chiffre</translation>
        </message>
        <message>
            <source>Figures</source>
            <translation>Chiffres</translation>
        </message>
        <message>
            <source>Figures leave out the sites of which nothing is known.</source>
            <translation>Les chiffres laissent de côté les sites dont on ne sait rien.</translation>
        </message>
        <message>
            <source>Figures on {date}</source>
            <translation>Chiffres au {date}</translation>
        </message>
        <message>
            <source>Figures: {level}</source>
            <translation>Indicateurs : {level}</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Fichier</translation>
        </message>
        <message>
            <source>File of streets</source>
            <translation>Fichier de voies</translation>
        </message>
        <message>
            <source>File of the map</source>
            <translation>Fichier de la carte</translation>
        </message>
        <message>
            <source>File of water points</source>
            <translation>Fichier de points d'eau</translation>
        </message>
        <message>
            <source>File, instead of the database</source>
            <translation>Fichier, au lieu de la base</translation>
        </message>
        <message>
            <source>Fill in what is missing, on the form of the site and among its owners.</source>
            <translation>Complétez ce qui manque, dans le formulaire du site et parmi ses propriétaires.</translation>
        </message>
        <message>
            <source>Fills</source>
            <translation>Remplit</translation>
        </message>
        <message>
            <source>Find a figure by its name</source>
            <translation>Chercher un indicateur par son nom</translation>
        </message>
        <message>
            <source>Finding</source>
            <translation>Constat</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>Constats</translation>
        </message>
        <message>
            <source>Fire hydrants (PEI)</source>
            <translation>Points d’eau incendie (PEI)</translation>
        </message>
        <message>
            <source>First seen</source>
            <translation>Vu d'abord le</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Premiers pas</translation>
        </message>
        <message>
            <source>Flow of a tap that nobody measured</source>
            <translation>Débit d'un robinet que personne n'a mesuré</translation>
        </message>
        <message>
            <source>For</source>
            <translation>Depuis</translation>
        </message>
        <message>
            <source>For &amp;whom</source>
            <translation>Pour &amp;qui</translation>
        </message>
        <message>
            <source>For each open site that a point may serve, the litres for each person and day: taps × flow × hours open, or the tank ÷ the days between two refills, shared among the people served. An unknown number of people, flow, opening time, state or potability that would change the answer makes the finding to verify, as does an estimated number of people close to the limit. A site without any water is left to EAU-001.</source>
            <translation>Pour chaque site existant qu'un point peut desservir, les litres par personne et par jour : robinets × débit × heures d'ouverture, ou citerne ÷ jours entre deux remplissages, partagés entre les habitants desservis. Un nombre d'habitants, un débit, des horaires, un état ou une potabilité inconnus qui changeraient la réponse rendent le constat à vérifier, comme une estimation du nombre d'habitants proche de la limite. Un site sans eau relève d'EAU-001.</translation>
        </message>
        <message>
            <source>For each open site with a usable point, the time to fetch one can: 2 × distance ÷ walking speed, then litres of a can ÷ flow for each household ahead in the queue. The site fails when the middle of the queue is above the limit. If only its end is, or if an unknown number of people, flow, taps or state could change the answer, the finding is to verify. A site without any usable point is left to EAU-001.</source>
            <translation>Pour chaque site existant ayant un point utilisable, le temps pour aller chercher un bidon : 2 × distance ÷ vitesse de marche, puis litres du bidon ÷ débit pour chaque ménage de la file. Le site est non conforme si le milieu de la file dépasse la limite. Si seule la fin la dépasse, ou si un nombre d'habitants, un débit, des robinets ou un état inconnus peuvent changer la réponse, le constat est à vérifier. Un site sans point utilisable relève d'EAU-001.</translation>
        </message>
        <message>
            <source>For each open site, every dwelling is measured to its nearest water point in service and drinkable on the reference date. Without dwellings the edge of the footprint is used, without footprint the point of the site. If the limit falls within the accuracy of the positions, or if only points of unknown state or potability are close enough, the finding is to verify.</source>
            <translation>Pour chaque site existant, la distance est mesurée de chaque habitation à son point d'eau le plus proche, en service et potable à la date de référence. À défaut d'habitations, depuis le bord de l'emprise ; à défaut d'emprise, depuis le point du site. Si la précision des positions ne permet pas de trancher, ou si seuls des points d'état ou de potabilité inconnus sont assez proches, le constat est à vérifier.</translation>
        </message>
        <message>
            <source>For each open site, every dwelling that has usable water within the distance limit is looked at: which barriers must be crossed whatever the way? The site fails when the worst placed dwelling must cross more than the limit. The finding is to verify when the accuracy of the positions, a gap in the streets or a water point of unknown state could change the answer, and when no streets are loaded there. Water out of reach is another check.</source>
            <translation>Pour chaque site existant, on regarde chaque habitation qui a de l'eau utilisable dans la limite de distance : quels obstacles faut-il franchir quel que soit le chemin ? Le site est non conforme si l'habitation la plus mal placée doit en franchir plus que la limite. Le constat est à vérifier si la précision des positions, une lacune dans les voies ou un point d'eau d'état inconnu pouvaient changer la réponse, et si aucune voie n'est chargée à cet endroit. L'eau hors de portée relève d'un autre contrôle.</translation>
        </message>
        <message>
            <source>For each open site, the declared answers on distance, continuity and public road beside the existing water points. A contradiction that the accuracy of the positions leaves no doubt about fails; one that another point than the declared one may explain is to verify. What has no answer is not judged.</source>
            <translation>Pour chaque site existant, les réponses sur la distance, la continuité et la voie publique à côté des points d'eau existants. Une contradiction que la précision des positions ne laisse pas douteuse est non conforme ; si un autre point que celui déclaré peut l'expliquer, elle est à vérifier. Ce qui est sans réponse n'est pas jugé.</translation>
        </message>
        <message>
            <source>For each open site, the taps usable on the reference date and within reach are shared among the people of all the sites they serve. An unknown number of taps, of people, an unknown state or potability that would change the answer makes the finding to verify, as does an estimated number of people close to the limit.</source>
            <translation>Pour chaque site existant, les robinets utilisables à la date de référence et à portée sont partagés entre les habitants de tous les sites qu'ils desservent. Si un nombre de robinets, un nombre d'habitants, un état ou une potabilité inconnus pouvaient changer la réponse, le constat est à vérifier, comme une estimation du nombre d'habitants proche de la limite.</translation>
        </message>
        <message>
            <source>For the public: totals of departments; groups of fewer than 10 people are not shown.</source>
            <translation>Destinataires : public. Totaux par département ; les groupes de moins de 10 personnes ne sont pas publiés (n. p.).</translation>
        </message>
        <message>
            <source>For the services that act on the sites only: exact positions. Do not circulate.</source>
            <translation>Réservé aux services qui interviennent sur les sites : positions exactes. Ne pas diffuser.</translation>
        </message>
        <message>
            <source>For the steering committee: figures by commune, without any position of a site.</source>
            <translation>Destinataires : comité de pilotage. Chiffres par commune, sans aucune position de site.</translation>
        </message>
        <message>
            <source>For {count} workspaces in use that are behind, more is kept than you ask.</source>
            <translation>Espaces de travail en usage et en retard : {count} ; pour eux, il est gardé davantage que demandé.</translation>
        </message>
        <message>
            <source>Form of Résorption-bidonvilles before August 2022: on the site or at less than 20 m.</source>
            <translation>Formulaire de Résorption-bidonvilles d'avant août 2022 : sur site ou à moins de 20 m.</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Formula</source>
            <translation>Formule</translation>
        </message>
        <message>
            <source>French State</source>
            <translation>État français</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Du</translation>
        </message>
        <message>
            <source>GeoPackage files (*.gpkg)</source>
            <translation>Fichiers GeoPackage (*.gpkg)</translation>
        </message>
        <message>
            <source>Geometry missing, wrong or outside the territory</source>
            <translation>Géométrie absente, erronée ou hors du territoire</translation>
        </message>
        <message>
            <source>Give Access</source>
            <translation>Donner l'accès</translation>
        </message>
        <message>
            <source>Give Up My Changes…</source>
            <translation>Renoncer à mes modifications…</translation>
        </message>
        <message>
            <source>Give a file for {name}.</source>
            <translation>Donnez un fichier pour {name}.</translation>
        </message>
        <message>
            <source>Give a layer of {layers}, or a workspace that has them.</source>
            <translation>Indiquez une couche de {layers}, ou un espace de travail qui en contient.</translation>
        </message>
        <message>
            <source>Give a name to the project.</source>
            <translation>Donnez un nom au projet.</translation>
        </message>
        <message>
            <source>Give a value for {name}.</source>
            <translation>Donnez une valeur pour {name}.</translation>
        </message>
        <message>
            <source>Give access to somebody who has a login on the server</source>
            <translation>Donner accès à quelqu'un qui a un compte sur le serveur</translation>
        </message>
        <message>
            <source>Give at least one area: without it an officer reads and writes nothing.</source>
            <translation>Donnez au moins un territoire : sans lui un agent ne lit et n’écrit rien.</translation>
        </message>
        <message>
            <source>Give at least one department code, such as 31.</source>
            <translation>Donnez au moins un code de département, par exemple 31.</translation>
        </message>
        <message>
            <source>Give the connection to the shared database.</source>
            <translation>Donnez la connexion à la base partagée.</translation>
        </message>
        <message>
            <source>Give the day of the last committee: this workspace will remember it.</source>
            <translation>Donnez la date du dernier comité : cet espace de travail s'en souviendra.</translation>
        </message>
        <message>
            <source>Give the login of the person on the server.</source>
            <translation>Donnez le compte de la personne sur le serveur.</translation>
        </message>
        <message>
            <source>Give the reason of the exception.</source>
            <translation>Donnez le motif de l'exception.</translation>
        </message>
        <message>
            <source>Give the reason: it is what the committee will ask.</source>
            <translation>Donnez le motif : c'est ce que le comité demandera.</translation>
        </message>
        <message>
            <source>Give up?</source>
            <translation>Abandonner ?</translation>
        </message>
        <message>
            <source>Giving access</source>
            <translation>Accès en cours d'attribution</translation>
        </message>
        <message>
            <source>Giving up what cannot be sent</source>
            <translation>Abandon de ce qui ne peut pas être envoyé</translation>
        </message>
        <message>
            <source>Go</source>
            <translation>Disparaissent</translation>
        </message>
        <message>
            <source>Go to the &amp;field to correct</source>
            <translation>Aller au &amp;champ à corriger</translation>
        </message>
        <message>
            <source>Goes</source>
            <translation>Disparaît</translation>
        </message>
        <message>
            <source>Grant access to the shared database</source>
            <translation>Donner accès à la base partagée</translation>
        </message>
        <message>
            <source>Greatest distance to water</source>
            <translation>Distance maximale à l'eau</translation>
        </message>
        <message>
            <source>Greatest number of people for one tap</source>
            <translation>Nombre maximal de personnes par robinet</translation>
        </message>
        <message>
            <source>Hand Over</source>
            <translation>Remettre</translation>
        </message>
        <message>
            <source>Hand Over Again</source>
            <translation>Remettre de nouveau</translation>
        </message>
        <message>
            <source>Hand it with its reason and its values to an administrator, or see what became of it</source>
            <translation>La remettre à un administrateur avec son motif et ses valeurs, ou voir ce qu'elle est devenue</translation>
        </message>
        <message>
            <source>Hand to an Administrator…</source>
            <translation>Remettre à un administrateur…</translation>
        </message>
        <message>
            <source>Hand to an administrator</source>
            <translation>Remettre à un administrateur</translation>
        </message>
        <message>
            <source>Handed over</source>
            <translation>Remises</translation>
        </message>
        <message>
            <source>Handed over on</source>
            <translation>Remise le</translation>
        </message>
        <message>
            <source>Handing over</source>
            <translation>Remise à un administrateur</translation>
        </message>
        <message>
            <source>Have the diagnostic made, or write its date and service on the form.</source>
            <translation>Faites réaliser le diagnostic, ou notez sa date et son service dans le formulaire.</translation>
        </message>
        <message>
            <source>Have the outlet drained; settle with the operator who may use it, or add taps.</source>
            <translation>Faites drainer le point de distribution ; réglez avec l'opérateur qui peut s'en servir, ou ajoutez des robinets.</translation>
        </message>
        <message>
            <source>Have the point repaired or protected against frost, or plan a replacement for the closure.</source>
            <translation>Faites réparer le point ou protégez-le du gel, ou prévoyez un remplacement pour la fermeture.</translation>
        </message>
        <message>
            <source>Have the water tested, and write the answer and the date on the water point.</source>
            <translation>Faites analyser l'eau, et notez la réponse et la date sur le point d'eau.</translation>
        </message>
        <message>
            <source>Have water brought or the access repaired; put the alert off when it ends.</source>
            <translation>Faites apporter de l'eau ou réparer l'accès ; levez l'alerte quand elle se termine.</translation>
        </message>
        <message>
            <source>Heat alert of the site beside the status of its access to water, by the platform's rule.</source>
            <translation>Alerte canicule du site à côté du statut de son accès à l'eau, selon la règle de la plateforme.</translation>
        </message>
        <message>
            <source>Heat alert on, and water not good</source>
            <translation>Alerte canicule en cours et eau insuffisante</translation>
        </message>
        <message>
            <source>Heat kills where water lacks: the ORSEC guide on heatwaves asks for these sites first.</source>
            <translation>La chaleur tue là où l'eau manque : le guide ORSEC canicule demande ces sites en premier.</translation>
        </message>
        <message>
            <source>Here</source>
            <translation>Ici</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Historique</translation>
        </message>
        <message>
            <source>History – {name}</source>
            <translation>Historique – {name}</translation>
        </message>
        <message>
            <source>History…</source>
            <translation>Historique…</translation>
        </message>
        <message>
            <source>Howard and Bartram, WHO 2003: 30 minutes for a round trip to water 1 km away, 4 km/h.</source>
            <translation>Howard et Bartram, OMS 2003 : 30 minutes aller-retour pour une eau à 1 km, soit 4 km/h.</translation>
        </message>
        <message>
            <source>INVENTED DATA: demonstration. These sites, people and water points do not exist.</source>
            <translation>DONNÉES INVENTÉES : démonstration. Ces sites, ces effectifs et ces points d’eau n’existent pas.</translation>
        </message>
        <message>
            <source>Identifier</source>
            <translation>Identifiant</translation>
        </message>
        <message>
            <source>Identifier of the record</source>
            <translation>Identifiant de la fiche</translation>
        </message>
        <message>
            <source>If you attach this workspace</source>
            <translation>Si vous rattachez cet espace de travail</translation>
        </message>
        <message>
            <source>If {point} fails, these sites are left beyond {distance} m of usable water, and nobody counted their people: {sites}.</source>
            <translation>Si {point} tombe en panne, ces sites se retrouvent à plus de {distance} m d'une eau utilisable, et leurs habitants n'ont pas été comptés : {sites}.</translation>
        </message>
        <message>
            <source>If {point} fails, {people} people are left beyond {distance} m of usable water ({share} % of those it serves): {sites}.</source>
            <translation>Si {point} tombe en panne, {people} personnes se retrouvent à plus de {distance} m d'une eau utilisable ({share} % de celles qu'il dessert) : {sites}.</translation>
        </message>
        <message>
            <source>If {point} fails, {people} people are left beyond {distance} m of usable water, unless a point whose state or potability is unknown gives water: verify it. Sites: {sites}.</source>
            <translation>Si {point} tombe en panne, {people} personnes se retrouvent à plus de {distance} m d'une eau utilisable, sauf si un point d'état ou de potabilité inconnus donne de l'eau : vérifiez-le. Sites : {sites}.</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importer</translation>
        </message>
        <message>
            <source>Import &amp;Streets…</source>
            <translation>Importer des &amp;rues…</translation>
        </message>
        <message>
            <source>Import &amp;Water Points…</source>
            <translation>Importer des points d'&amp;eau…</translation>
        </message>
        <message>
            <source>Import Sites</source>
            <translation>Importer des sites</translation>
        </message>
        <message>
            <source>Import Water Points</source>
            <translation>Importer des points d'eau</translation>
        </message>
        <message>
            <source>Import done. Added: {added}, changed: {changed}, unchanged: {unchanged}, rejected: {rejected}.</source>
            <translation>Import terminé. Ajoutés : {added}, modifiés : {changed}, inchangés : {unchanged}, rejetés : {rejected}.</translation>
        </message>
        <message>
            <source>Import sites</source>
            <translation>Importer des sites</translation>
        </message>
        <message>
            <source>Import streets</source>
            <translation>Importer des voies</translation>
        </message>
        <message>
            <source>Import water points</source>
            <translation>Importer des points d'eau</translation>
        </message>
        <message>
            <source>Importing…</source>
            <translation>Import en cours…</translation>
        </message>
        <message>
            <source>In the file</source>
            <translation>Dans le fichier</translation>
        </message>
        <message>
            <source>In the panel, click a finding to see it on the map; double click or Enter opens its form at the field. &lt;b&gt;Accept…&lt;/b&gt; keeps an exception with its reason and its end; it comes back when the value gets worse.</source>
            <translation>Dans le panneau, cliquez sur un constat pour le voir sur la carte ; un double-clic ou Entrée ouvre le formulaire au champ concerné. &lt;b&gt;Accepter…&lt;/b&gt; garde une exception avec son motif et son échéance ; elle revient si la valeur s'aggrave.</translation>
        </message>
        <message>
            <source>In the reference system of the layer; the geometry of the current feature when it is left out.</source>
            <translation>Dans le système de coordonnées de la couche ; sans elle, la géométrie de l'entité en cours.</translation>
        </message>
        <message>
            <source>In the workspace</source>
            <translation>Dans l'espace de travail</translation>
        </message>
        <message>
            <source>Incomplete record</source>
            <translation>Fiche incomplète</translation>
        </message>
        <message>
            <source>Information</source>
            <translation>Information</translation>
        </message>
        <message>
            <source>Install the shared database</source>
            <translation>Installer la base partagée</translation>
        </message>
        <message>
            <source>Is added</source>
            <translation>Est ajouté</translation>
        </message>
        <message>
            <source>Islands</source>
            <translation>Îlots</translation>
        </message>
        <message>
            <source>It has to be upgraded before this version can work with it. All that it holds is kept: the records, their history, what waits to be sent. A copy of the file as it is now is made beside it; stopped on the way, nothing is changed. Colleagues with the older version cannot open the upgraded file any more.</source>
            <translation>Il doit être mis à niveau avant que cette version puisse s’en servir. Tout ce qu’il contient est gardé : les fiches, leur historique, ce qui attend d’être envoyé. Une copie du fichier tel qu’il est maintenant est faite à côté de lui ; si la mise à niveau est arrêtée en chemin, rien n’est modifié. Les collègues qui ont l’ancienne version ne peuvent plus ouvrir le fichier mis à niveau.</translation>
        </message>
        <message>
            <source>It is back in this workspace, and goes to the others at the next synchronisation.</source>
            <translation>C'est rétabli dans cet espace de travail, et partira vers les autres à la prochaine synchronisation.</translation>
        </message>
        <message>
            <source>It is closed, and since when is not filled in: the schema asks for that date.</source>
            <translation>Il est fermé sans que l’on sache depuis quand : le schéma demande cette date.</translation>
        </message>
        <message>
            <source>It is not a fire hydrant.</source>
            <translation>Ce n’est pas un point d’eau incendie.</translation>
        </message>
        <message>
            <source>It is not a public fountain.</source>
            <translation>Ce n’est pas une fontaine publique.</translation>
        </message>
        <message>
            <source>It is not open to the public (access={access}).</source>
            <translation>Il n'est pas ouvert au public (access={access}).</translation>
        </message>
        <message>
            <source>It is not said to give drinking water.</source>
            <translation>Rien ne dit que son eau est potable.</translation>
        </message>
        <message>
            <source>It is on a site: its position would tell where people live (audience: services only).</source>
            <translation>Il est sur un site : sa position dirait où vivent des personnes (réservé aux services).</translation>
        </message>
        <message>
            <source>It is planned or removed.</source>
            <translation>Il est projeté ou supprimé.</translation>
        </message>
        <message>
            <source>It may be the site “{name}” of the workspace, {metres} m away. Say whether it is, or whether it is a new one.</source>
            <translation>C'est peut-être le site « {name} » de l'espace de travail, à {metres} m. Dites si c'est lui, ou si c'est un nouveau site.</translation>
        </message>
        <message>
            <source>It may be {count} sites of the workspace, such as “{name}”. Say which one, or that it is new.</source>
            <translation>Ce peut être {count} sites de l'espace de travail, dont « {name} ». Dites lequel, ou que c'est un nouveau site.</translation>
        </message>
        <message>
            <source>It needs a right that you do not have. Ask the administrator for it.</source>
            <translation>Elle demande un droit que vous n'avez pas. Demandez-le à l'administrateur.</translation>
        </message>
        <message>
            <source>It sees figures by commune, without the name or the position of any site.</source>
            <translation>Le comité voit des chiffres par commune, sans le nom ni la position d'aucun site.</translation>
        </message>
        <message>
            <source>It sees totals of departments; groups of fewer than 10 people are not published.</source>
            <translation>Le public voit des totaux par département ; les groupes de moins de 10 personnes ne sont pas publiés.</translation>
        </message>
        <message>
            <source>Its working state is unknown, and an empty cell of the schema would say that it works.</source>
            <translation>Son état est inconnu, et une case vide du schéma dirait qu’il fonctionne.</translation>
        </message>
        <message>
            <source>Judges every record by the checks on the reference date and writes the findings in the workspace. A finding that is gone is resolved; an accepted exception is kept, and comes back for review when its value worsens or its date has passed. Checks is a list of codes such as EAU-001,DON-002; empty runs them all. The report (.html, .xlsx or .json) lists the findings with the value, the limit, its source, the method, the date of the data and a link; it shows positions and is for the services only. Only open findings are counted.</source>
            <translation>Juge chaque fiche selon les contrôles à la date de référence et écrit les constats dans l'espace de travail. Un constat disparu est résolu ; une exception acceptée est conservée, et revient à examiner quand sa valeur s'aggrave ou que son terme est passé. Contrôles est une liste de codes comme EAU-001,DON-002 ; vide, tous sont exécutés. Le rapport (.html, .xlsx ou .json) donne chaque constat avec sa valeur, le seuil, sa source, la méthode, la date des données et un lien ; il montre les positions et n'est destiné qu'aux services. Seuls les constats ouverts sont comptés.</translation>
        </message>
        <message>
            <source>Keep as an exception, with a reason and a date</source>
            <translation>Garder comme exception, avec un motif et une date</translation>
        </message>
        <message>
            <source>Kept</source>
            <translation>Conservé</translation>
        </message>
        <message>
            <source>Key of the layer: site, water_point, action…</source>
            <translation>Clé de la couche : site, water_point, action…</translation>
        </message>
        <message>
            <source>Known</source>
            <translation>Connu</translation>
        </message>
        <message>
            <source>L</source>
            <translation>L</translation>
        </message>
        <message>
            <source>L per person and day</source>
            <translation>L par personne et par jour</translation>
        </message>
        <message>
            <source>L/min</source>
            <translation>L/min</translation>
        </message>
        <message>
            <source>Last 30 days</source>
            <translation>30 derniers jours</translation>
        </message>
        <message>
            <source>Last 7 days</source>
            <translation>7 derniers jours</translation>
        </message>
        <message>
            <source>Last changed by</source>
            <translation>Modifié par</translation>
        </message>
        <message>
            <source>Last changed on</source>
            <translation>Modifié le</translation>
        </message>
        <message>
            <source>Last committee on</source>
            <translation>Dernier comité le</translation>
        </message>
        <message>
            <source>Last exchange at {time}: {told}</source>
            <translation>Dernier échange à {time} : {told}</translation>
        </message>
        <message>
            <source>Last seen</source>
            <translation>Vu le</translation>
        </message>
        <message>
            <source>Latitude and longitude seem to be swapped: exchanged, the point would lie in the territory.</source>
            <translation>La latitude et la longitude semblent inversées : échangées, elles placeraient le point dans le territoire.</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>Couche</translation>
        </message>
        <message>
            <source>Least distance between two sites</source>
            <translation>Distance minimale entre deux sites</translation>
        </message>
        <message>
            <source>Least distance between two water points</source>
            <translation>Distance minimale entre deux points d'eau</translation>
        </message>
        <message>
            <source>Least part of the criteria met</source>
            <translation>Part minimale des critères remplis</translation>
        </message>
        <message>
            <source>Least part of the people with a long-term solution</source>
            <translation>Part minimale des habitants ayant une solution pérenne</translation>
        </message>
        <message>
            <source>Least water for each person</source>
            <translation>Quantité d'eau minimale par personne</translation>
        </message>
        <message>
            <source>Leave the row out</source>
            <translation>Laisser la ligne de côté</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>Écartés</translation>
        </message>
        <message>
            <source>Left your area</source>
            <translation>Sortie de votre territoire</translation>
        </message>
        <message>
            <source>Legend</source>
            <translation>Légende</translation>
        </message>
        <message>
            <source>Limit</source>
            <translation>Seuil</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>Ligne</translation>
        </message>
        <message>
            <source>Line between the two places</source>
            <translation>Limite entre les deux positions</translation>
        </message>
        <message>
            <source>Line {line}, “{column}”: {reason}</source>
            <translation>Ligne {line}, « {column} » : {reason}</translation>
        </message>
        <message>
            <source>Line {line}: {reason}</source>
            <translation>Ligne {line} : {reason}</translation>
        </message>
        <message>
            <source>Lines</source>
            <translation>Lignes</translation>
        </message>
        <message>
            <source>Link</source>
            <translation>Lien</translation>
        </message>
        <message>
            <source>Link the site to an action, correct the dates of the action, or plan one.</source>
            <translation>Rattachez le site à une action, corrigez les dates de l'action, ou prévoyez-en une.</translation>
        </message>
        <message>
            <source>Links each open site to the water that serves it on the reference date: the nearest usable point of each dwelling, and the nearest few within the limit. Distances are as the crow flies, in metres, to the farthest and to the nearest dwelling; without dwellings from the edge of the footprint, else from the point of the site. Distances measured in the field are never touched. Sites without any usable point are counted.</source>
            <translation>Relie chaque site existant à l'eau qui le dessert à la date de référence : le point utilisable le plus proche de chaque habitation, et les quelques plus proches dans la limite. Les distances sont à vol d'oiseau, en mètres, à l'habitation la plus éloignée et à la plus proche ; à défaut d'habitations depuis le bord de l'emprise, sinon depuis le point du site. Les distances mesurées sur le terrain ne sont jamais modifiées. Les sites sans aucun point utilisable sont comptés.</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Journal</translation>
        </message>
        <message>
            <source>Login</source>
            <translation>Compte</translation>
        </message>
        <message>
            <source>Login: {login}, role: {role}</source>
            <translation>Compte : {login}, rôle : {role}</translation>
        </message>
        <message>
            <source>Logo</source>
            <translation>Logo</translation>
        </message>
        <message>
            <source>Logo (picture)</source>
            <translation>Logo (image)</translation>
        </message>
        <message>
            <source>Longest delay of a phase</source>
            <translation>Retard maximal d'une phase</translation>
        </message>
        <message>
            <source>Longest integration</source>
            <translation>Intégration la plus longue</translation>
        </message>
        <message>
            <source>Longest orientation</source>
            <translation>Orientation la plus longue</translation>
        </message>
        <message>
            <source>Longest time to fetch a can of water</source>
            <translation>Temps maximal pour aller chercher un bidon d'eau</translation>
        </message>
        <message>
            <source>Longest time without a social diagnostic</source>
            <translation>Durée maximale sans diagnostic social</translation>
        </message>
        <message>
            <source>Longest time without a visit</source>
            <translation>Durée maximale sans visite</translation>
        </message>
        <message>
            <source>Longest training</source>
            <translation>Formation la plus longue</translation>
        </message>
        <message>
            <source>Look at the shared database every</source>
            <translation>Consulter la base partagée toutes les</translation>
        </message>
        <message>
            <source>Looking at what goes and what comes</source>
            <translation>Recherche de ce qui part et de ce qui arrive</translation>
        </message>
        <message>
            <source>Looking for corrections</source>
            <translation>Recherche des corrections</translation>
        </message>
        <message>
            <source>Looking for edits of other programs</source>
            <translation>Recherche des modifications d'autres logiciels</translation>
        </message>
        <message>
            <source>Looking for news</source>
            <translation>Recherche de nouveautés</translation>
        </message>
        <message>
            <source>Looking up how the sites were</source>
            <translation>Recherche des sites tels qu'ils étaient</translation>
        </message>
        <message>
            <source>Make a PostgreSQL connection in QGIS, with a saved authentication</source>
            <translation>Créer une connexion PostgreSQL dans QGIS, avec une authentification enregistrée</translation>
        </message>
        <message>
            <source>Make a connection, then close this window</source>
            <translation>Créez une connexion, puis fermez cette fenêtre</translation>
        </message>
        <message>
            <source>Make a workspace for one or several departments</source>
            <translation>Créer un espace de travail pour un ou plusieurs départements</translation>
        </message>
        <message>
            <source>Make the connection in the browser panel: PostgreSQL, New connection…</source>
            <translation>Créez la connexion dans l'explorateur : PostgreSQL, Nouvelle connexion…</translation>
        </message>
        <message>
            <source>Make this workspace an ordinary file again, with all its records</source>
            <translation>Refaire de cet espace de travail un fichier ordinaire, avec toutes ses fiches</translation>
        </message>
        <message>
            <source>Makes a QGIS project for those who only look at the shared database: its layers are the views of the database, in the groups, forms, symbols and labels of the plugin, and take no edit. An administrator stores it in the database, where every login finds it (Project → Open From → PostgreSQL); give a file to write a .qgz instead. The project holds no password and no login: everyone opens it with their own, and sees what that login may read. A connection by service opens everywhere that the service is known.</source>
            <translation>Fait un projet QGIS pour ceux qui ne font que regarder la base partagée : ses couches sont les vues de la base, avec les groupes, formulaires, symboles et étiquettes de l'extension, et n'acceptent aucune modification. Un administrateur l'enregistre dans la base, où chaque compte le trouve (Projet → Ouvrir depuis → PostgreSQL) ; donnez un fichier pour écrire plutôt un .qgz. Le projet ne contient ni mot de passe ni compte : chacun l'ouvre avec le sien, et voit ce que ce compte peut lire. Une connexion par service s'ouvre partout où ce service est connu.</translation>
        </message>
        <message>
            <source>Makes a workspace filled with invented sites in real communes: footprints, dwellings, counts, water points with their states and seasons, streets, closures, phases, journal, procedures, owners, actions with their cohorts, figures and funding, profiles of the departments. Nothing in it exists. The same seed gives the same records. They are seen on 15 January 2026: give 2026-01-15 as the reference date of distances, checks and maps.</source>
            <translation>Crée un espace de travail rempli de sites inventés dans de vraies communes : emprises, habitations, comptages, points d’eau avec leurs états et leurs saisons, voies, fermetures, phases, journal, procédures, propriétaires, actions avec leurs cohortes, indicateurs et financements, profils des départements. Rien n’y existe. La même graine donne les mêmes fiches. Elles sont vues au 15 janvier 2026 : donnez 2026-01-15 comme date de référence aux distances, aux contrôles et aux cartes.</translation>
        </message>
        <message>
            <source>Makes a workspace of an older version of the plugin one of this version: all of it, or nothing. Records, history, what waits to be sent, decided or mended are kept. A copy of the file as it was is made beside it. Where there is nothing to upgrade, nothing is done.</source>
            <translation>Fait d’un espace de travail d’une version plus ancienne de l’extension un espace de cette version : en entier, ou pas du tout. Les fiches, l’historique, ce qui attend d’être envoyé, décidé ou corrigé sont gardés. Une copie du fichier tel qu’il était est faite à côté de lui. Là où il n’y a rien à mettre à niveau, rien n’est fait.</translation>
        </message>
        <message>
            <source>Makes a workspace: a GeoPackage with every layer and the communes of the departments, and a QGIS project with its forms, styles and base maps. A file that exists already is left as it is: give another name.</source>
            <translation>Crée un espace de travail : un GeoPackage avec toutes les couches et les communes des départements, et un projet QGIS avec ses formulaires, ses styles et ses fonds de carte. Un fichier qui existe déjà n’est pas modifié : donnez un autre nom.</translation>
        </message>
        <message>
            <source>Makes the workspace an ordinary file again, with all its records; the shared database is left as it is, and the server is not asked. What was not sent, decided or mended would not reach it any more: there the algorithm stops and counts, unless you detach anyway. A copy of the workspace is made beside it before.</source>
            <translation>L’espace de travail redevient un fichier ordinaire, avec toutes ses fiches ; la base partagée reste telle qu’elle est, et le serveur n’est pas appelé. Ce qui n’a pas été envoyé, décidé ou corrigé ne lui parviendrait plus : le traitement s’arrête alors et compte, sauf si vous détachez quand même. Une copie de l’espace est faite avant à côté de lui.</translation>
        </message>
        <message>
            <source>Makes, in a PostgreSQL database with PostGIS, the tables, rules and rights of the shared database. The connection is that of an administrator who may create roles. Everything is made, or nothing; where it is installed already, it is brought up to this version, and nothing is changed when it is there already.</source>
            <translation>Crée, dans une base PostgreSQL avec PostGIS, les tables, les règles et les droits de la base partagée. La connexion est celle d’un administrateur qui peut créer des rôles. Tout est créé, ou rien ; là où elle est déjà installée, elle est mise à la version de l’extension, et rien n’est modifié si elle y est déjà.</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>Carte</translation>
        </message>
        <message>
            <source>Map extent only</source>
            <translation>Étendue de la carte</translation>
        </message>
        <message>
            <source>Map of access to water</source>
            <translation>Carte de l’accès à l’eau</translation>
        </message>
        <message>
            <source>Margin around the footprint</source>
            <translation>Marge autour de l'emprise</translation>
        </message>
        <message>
            <source>Margin on the dates of the phases</source>
            <translation>Marge sur les dates des phases</translation>
        </message>
        <message>
            <source>Mark as settled</source>
            <translation>Marquer comme réglé</translation>
        </message>
        <message>
            <source>Mark the point as removed, or give it to the site it serves now.</source>
            <translation>Marquez le point comme supprimé, ou rattachez-le au site qu'il dessert maintenant.</translation>
        </message>
        <message>
            <source>Marked as settled.</source>
            <translation>Marqué comme réglé.</translation>
        </message>
        <message>
            <source>Marking as settled</source>
            <translation>Marquage comme réglé</translation>
        </message>
        <message>
            <source>May be</source>
            <translation>Peut-être</translation>
        </message>
        <message>
            <source>Measure the flow and the hours of the points, count the people; then add taps, lengthen the hours or refill the tank more often.</source>
            <translation>Mesurez le débit et les horaires des points, comptez les habitants ; puis ajoutez des robinets, allongez les horaires ou remplissez la citerne plus souvent.</translation>
        </message>
        <message>
            <source>Measured distance</source>
            <translation>Distance mesurée</translation>
        </message>
        <message>
            <source>Merge</source>
            <translation>Fusionner</translation>
        </message>
        <message>
            <source>Merge the two records, correct a position, or accept the two as neighbours.</source>
            <translation>Fusionnez les deux fiches, corrigez une position, ou acceptez-les comme voisines.</translation>
        </message>
        <message>
            <source>Merge two records</source>
            <translation>Fusionner deux fiches</translation>
        </message>
        <message>
            <source>Merging two records</source>
            <translation>Fusion de deux fiches</translation>
        </message>
        <message>
            <source>Method</source>
            <translation>Méthode</translation>
        </message>
        <message>
            <source>Months from the last change of the site, or the last time it was confirmed as unchanged, to the reference date. After an import, the date of the platform counts until somebody changes the record.</source>
            <translation>Mois de la dernière modification du site, ou de la dernière confirmation qu'il n'a pas changé, à la date de référence. Après un import, la date de la plateforme compte jusqu'à ce que quelqu'un modifie la fiche.</translation>
        </message>
        <message>
            <source>More will come than could be counted.</source>
            <translation>Il en arrivera plus que ce qui a pu être compté.</translation>
        </message>
        <message>
            <source>Most barriers to cross</source>
            <translation>Nombre maximal d'obstacles à franchir</translation>
        </message>
        <message>
            <source>Most people who may hang on one point</source>
            <translation>Nombre maximal de personnes dépendant d'un seul point</translation>
        </message>
        <message>
            <source>Move the point, or correct its INSEE code.</source>
            <translation>Déplacez le point, ou corrigez son code INSEE.</translation>
        </message>
        <message>
            <source>My place</source>
            <translation>Ma position</translation>
        </message>
        <message>
            <source>My value</source>
            <translation>Ma valeur</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nom</translation>
        </message>
        <message>
            <source>Name and service; the options page keeps yours</source>
            <translation>Nom et service ; la page d'options garde les vôtres</translation>
        </message>
        <message>
            <source>Name of the column</source>
            <translation>Nom de la colonne</translation>
        </message>
        <message>
            <source>Name of the project</source>
            <translation>Nom du projet</translation>
        </message>
        <message>
            <source>Name of the source</source>
            <translation>Nom de la source</translation>
        </message>
        <message>
            <source>Name that signs, thresholds, distances</source>
            <translation>Nom du signataire, seuils, distances</translation>
        </message>
        <message>
            <source>National schema PEI (fire hydrants)</source>
            <translation>Schéma national PEI (points d’eau incendie)</translation>
        </message>
        <message>
            <source>National schema fontaine-eau</source>
            <translation>Schéma national fontaine-eau</translation>
        </message>
        <message>
            <source>Nearest drinking water: {name} ({distance} m)</source>
            <translation>Eau potable la plus proche : {name} ({distance} m)</translation>
        </message>
        <message>
            <source>Neither place is right? Keep yours, then move it on the map.</source>
            <translation>Aucune des deux positions n'est juste ? Gardez la vôtre, puis déplacez-la sur la carte.</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>Jamais</translation>
        </message>
        <message>
            <source>New Workspace</source>
            <translation>Nouvel espace de travail</translation>
        </message>
        <message>
            <source>New site</source>
            <translation>Nouveau site</translation>
        </message>
        <message>
            <source>New workspace</source>
            <translation>Nouvel espace de travail</translation>
        </message>
        <message>
            <source>New workspace {name}</source>
            <translation>Nouvel espace de travail {name}</translation>
        </message>
        <message>
            <source>No action concerns this site.</source>
            <translation>Aucune action ne concerne ce site.</translation>
        </message>
        <message>
            <source>No administrator will be left: only who keeps the server can name another one.</source>
            <translation>Il ne restera aucun administrateur : seul qui tient le serveur pourra en nommer un autre.</translation>
        </message>
        <message>
            <source>No contradiction is open.</source>
            <translation>Aucune contradiction n'est ouverte.</translation>
        </message>
        <message>
            <source>No export of the platform was imported into this workspace yet: every site is in the sheet.</source>
            <translation>Aucun export de la plateforme n'a encore été importé dans cet espace de travail : tous les sites sont dans la fiche.</translation>
        </message>
        <message>
            <source>No finding.</source>
            <translation>Aucun constat.</translation>
        </message>
        <message>
            <source>No line of {path} lies in the workspace's territory ({departments}). Check its reference system.</source>
            <translation>Aucune ligne de {path} ne se trouve dans le territoire de l'espace de travail ({departments}). Vérifiez son système de référence.</translation>
        </message>
        <message>
            <source>No record is changed, and nobody in use loses anything: who has not received an entry still gets it.</source>
            <translation>Aucune fiche n'est modifiée, et personne qui s'en sert ne perd rien : qui n'a pas encore reçu une entrée la recevra.</translation>
        </message>
        <message>
            <source>No secure connection to {where} could be made ({reason}). Ask its administrator.</source>
            <translation>Aucune connexion chiffrée à {where} n’a pu être établie ({reason}). Demandez à son administrateur.</translation>
        </message>
        <message>
            <source>No site is selected. Select the sites where nothing has changed, then try again.</source>
            <translation>Aucun site n'est sélectionné. Sélectionnez les sites où rien n'a changé, puis recommencez.</translation>
        </message>
        <message>
            <source>No social diagnostic since the report</source>
            <translation>Aucun diagnostic social depuis le signalement</translation>
        </message>
        <message>
            <source>No usable tap serves the {people} people of the site within {distance} m.</source>
            <translation>Aucun robinet utilisable ne dessert, à moins de {distance} m, les habitants du site ({people} personnes).</translation>
        </message>
        <message>
            <source>No value differs: something was added to the record, or the one that it belongs to was changed.</source>
            <translation>Aucune valeur ne diffère : quelque chose a été ajouté à la fiche, ou celle dont elle dépend a été modifiée.</translation>
        </message>
        <message>
            <source>No water point is selected on the map.</source>
            <translation>Aucun point d'eau n'est sélectionné sur la carte.</translation>
        </message>
        <message>
            <source>No water point of this workspace is known to be in service and drinkable.</source>
            <translation>Aucun point d'eau de cet espace de travail n'est connu comme étant en service et potable.</translation>
        </message>
        <message>
            <source>No working drinking-water point is recorded within {limit} m.</source>
            <translation>Aucun point d'eau potable en service n'est recensé à moins de {limit} m.</translation>
        </message>
        <message>
            <source>No workspace is open.</source>
            <translation>Aucun espace de travail n'est ouvert.</translation>
        </message>
        <message>
            <source>No workspace is open. Create one or open one first.</source>
            <translation>Aucun espace de travail n'est ouvert. Créez-en un ou ouvrez-en un d'abord.</translation>
        </message>
        <message>
            <source>No workspace is open. Use Résorption → New Workspace… or Open Workspace…</source>
            <translation>Aucun espace de travail n'est ouvert. Utilisez Résorption → Nouvel espace de travail… ou Ouvrir un espace de travail…</translation>
        </message>
        <message>
            <source>Nobody can say when this record was last brought up to date: confirm it or correct it.</source>
            <translation>Personne ne peut dire quand cette fiche a été mise à jour : confirmez-la ou corrigez-la.</translation>
        </message>
        <message>
            <source>Nobody can say whether {point}, which stands for {sites}, gives water on {day}: verify it on the spot.</source>
            <translation>Personne ne peut dire si {point}, point d'eau de {sites}, donne de l'eau le {day} : vérifiez sur place.</translation>
        </message>
        <message>
            <source>Nobody else can read what travels: the line is encrypted.</source>
            <translation>Personne d'autre ne peut lire ce qui circule : la liaison est chiffrée.</translation>
        </message>
        <message>
            <source>Nobody said how many people the cohort {name} has; the programme has {limit}.</source>
            <translation>Personne n'a noté l'effectif de la cohorte {name} ; le programme en prévoit {limit}.</translation>
        </message>
        <message>
            <source>Nobody said when {point}, used by {sites}, was last visited: verify it on the spot.</source>
            <translation>Personne n'a noté la dernière visite de {point}, utilisé par {sites} : vérifiez sur place.</translation>
        </message>
        <message>
            <source>Nobody said whether the water of {point}, used by {sites}, is drinkable: have it tested.</source>
            <translation>Personne n'a noté si l'eau de {point}, utilisé par {sites}, est potable : faites-la analyser.</translation>
        </message>
        <message>
            <source>Not measured</source>
            <translation>Non mesurée</translation>
        </message>
        <message>
            <source>Not sent</source>
            <translation>Non envoyées</translation>
        </message>
        <message>
            <source>Not updated yet</source>
            <translation>Jamais mise à jour</translation>
        </message>
        <message>
            <source>Nothing &amp;changed</source>
            <translation>&amp;Rien n'a changé</translation>
        </message>
        <message>
            <source>Nothing can be written to {path}. Choose another file.</source>
            <translation>Rien ne peut être écrit dans {path}. Choisissez un autre fichier.</translation>
        </message>
        <message>
            <source>Nothing changed</source>
            <translation>Rien n'a changé</translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>Aucun constat.</translation>
        </message>
        <message>
            <source>Nothing had to be changed.</source>
            <translation>Il n’y avait rien à modifier.</translation>
        </message>
        <message>
            <source>Nothing in the log is older than {months} months and received by all.</source>
            <translation>Rien dans le journal n'est à la fois plus ancien que {months} mois et reçu par tous.</translation>
        </message>
        <message>
            <source>Nothing is exchanged before you agree.</source>
            <translation>Rien n'est échangé avant votre accord.</translation>
        </message>
        <message>
            <source>Nothing says which site it is: no link to its page, no position, no INSEE code with a name.</source>
            <translation>Rien n'indique de quel site il s'agit : ni lien vers sa fiche, ni position, ni code INSEE avec un nom.</translation>
        </message>
        <message>
            <source>Nothing to receive.</source>
            <translation>Rien à recevoir.</translation>
        </message>
        <message>
            <source>Nothing to send and nothing to receive: both sides hold the same.</source>
            <translation>Rien à envoyer ni à recevoir : les deux côtés contiennent la même chose.</translation>
        </message>
        <message>
            <source>Nothing was written in this period, of what you may read.</source>
            <translation>Rien n'a été écrit pendant cette période, dans ce que vous pouvez lire.</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Actuellement</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Numéro</translation>
        </message>
        <message>
            <source>Number of sites</source>
            <translation>Nombre de sites</translation>
        </message>
        <message>
            <source>Number {number} of “{source}” is in the workspace {distance} km from here. If it is another water point, give this file a source name of its own; if it was moved, correct it on the map.</source>
            <translation>Le numéro {number} de « {source} » se trouve dans l'espace de travail à {distance} km d'ici. S'il s'agit d'un autre point d'eau, donnez à ce fichier un nom de source qui lui soit propre ; s'il a été déplacé, corrigez-le sur la carte.</translation>
        </message>
        <message>
            <source>O&amp;utputs</source>
            <translation>P&amp;roduire</translation>
        </message>
        <message>
            <source>OK waits until every field holds a value that its rule accepts</source>
            <translation>OK attend que chaque champ ait une valeur que sa règle accepte</translation>
        </message>
        <message>
            <source>Of the same source, but not in the file: {count}. They stay as they are.</source>
            <translation>De la même source, mais absents du fichier : {count}. Ils restent tels quels.</translation>
        </message>
        <message>
            <source>Offline. {reason} Your changes stay on this computer.</source>
            <translation>Hors ligne. {reason} Vos modifications restent sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Older shared database</source>
            <translation>Base partagée trop ancienne</translation>
        </message>
        <message>
            <source>Older than the last import: {count}; only their counts are added.</source>
            <translation>Plus anciens que le dernier import : {count} ; seuls leurs comptages sont ajoutés.</translation>
        </message>
        <message>
            <source>Oldest record</source>
            <translation>Ancienneté maximale de la fiche</translation>
        </message>
        <message>
            <source>Oldest test of the water</source>
            <translation>Ancienneté maximale de l'analyse de l'eau</translation>
        </message>
        <message>
            <source>On one day</source>
            <translation>À une date</translation>
        </message>
        <message>
            <source>On the platform</source>
            <translation>Sur la plateforme</translation>
        </message>
        <message>
            <source>On this computer only: the file goes at the next synchronisation.</source>
            <translation>Sur cet ordinateur seulement : le fichier part à la prochaine synchronisation.</translation>
        </message>
        <message>
            <source>One of the two records has been deleted since. Run the checks again.</source>
            <translation>L'une des deux fiches a été supprimée depuis. Relancez les contrôles.</translation>
        </message>
        <message>
            <source>One of the two records was changed meanwhile: nothing was merged. Look at them again.</source>
            <translation>L'une des deux fiches a été modifiée entre-temps : rien n'a été fusionné. Regardez-les de nouveau.</translation>
        </message>
        <message>
            <source>Only administrators read what is handed over to them.</source>
            <translation>Seuls les administrateurs lisent ce qui leur est remis.</translation>
        </message>
        <message>
            <source>Only an administrator of the shared database stores projects in it. Give a file (.qgz) instead, or ask an administrator.</source>
            <translation>Seul un administrateur de la base partagée y enregistre des projets. Donnez plutôt un fichier (.qgz), ou demandez à un administrateur.</translation>
        </message>
        <message>
            <source>Only one working point: what fails if it fails</source>
            <translation>Un seul point en service : ce qui manque s'il tombe en panne</translation>
        </message>
        <message>
            <source>Only source is bottles, a hydrant, a tank or the public road</source>
            <translation>Seule source : bouteilles, borne incendie, citerne ou voie publique</translation>
        </message>
        <message>
            <source>Only the last {count} writings were read, since {instant}: the older ones are in “Territory History…” (menu Sharing), between two days.</source>
            <translation>Seules les {count} dernières écritures ont été lues, depuis le {instant} : les plus anciennes sont dans « Historique du territoire… » (menu Partage), entre deux jours.</translation>
        </message>
        <message>
            <source>Only the last {count} writings were read, since {instant}: to see older ones, choose “Between two days” and let the period end on that day.</source>
            <translation>Seules les {count} dernières écritures ont été lues, depuis le {instant} : pour en voir de plus anciennes, choisissez « Entre deux jours » et faites finir la période ce jour-là.</translation>
        </message>
        <message>
            <source>Only {number} invented sites fit in this territory. Ask for fewer, or for a larger territory.</source>
            <translation>Ce territoire ne peut recevoir que {number} sites inventés. Demandez-en moins, ou un territoire plus grand.</translation>
        </message>
        <message>
            <source>Op&amp;tions…</source>
            <translation>Op&amp;tions…</translation>
        </message>
        <message>
            <source>Open Form</source>
            <translation>Ouvrir la fiche</translation>
        </message>
        <message>
            <source>Open Workspace</source>
            <translation>Ouvrir un espace de travail</translation>
        </message>
        <message>
            <source>Open a layer to read its records by name; select a line to see it on the map. Nothing is exchanged before you agree.</source>
            <translation>Ouvrez une couche pour lire ses fiches par leur nom ; sélectionnez une ligne pour la voir sur la carte. Rien n'est échangé avant votre accord.</translation>
        </message>
        <message>
            <source>Open a workspace (.gpkg) or its project</source>
            <translation>Ouvrir un espace de travail (.gpkg) ou son projet</translation>
        </message>
        <message>
            <source>Open contradictions, the oldest first</source>
            <translation>Contradictions ouvertes, la plus ancienne d'abord</translation>
        </message>
        <message>
            <source>Open site without any action</source>
            <translation>Site existant sans aucune action</translation>
        </message>
        <message>
            <source>Open sites all of whose dwellings are within the distance limit of a usable point, and would not be without this one. The share is of the people of the sites it serves: WPdx calls it crucialness (100 %: no other point).</source>
            <translation>Sites existants dont toutes les habitations sont dans la limite de distance d'un point utilisable, et ne le seraient pas sans celui-ci. La part est celle des habitants des sites qu'il dessert : WPdx l'appelle « crucialness » (100 % : aucun autre point).</translation>
        </message>
        <message>
            <source>Open sites without usable water</source>
            <translation>Sites existants sans eau utilisable</translation>
        </message>
        <message>
            <source>Open sites: sites not closed on {day}.</source>
            <translation>Sites existants : sites non fermés au {day}.</translation>
        </message>
        <message>
            <source>Open the Existing Site</source>
            <translation>Ouvrir le site existant</translation>
        </message>
        <message>
            <source>Open the Record…</source>
            <translation>Ouvrir la fiche…</translation>
        </message>
        <message>
            <source>Open the form</source>
            <translation>Ouvrir la fiche</translation>
        </message>
        <message>
            <source>OpenStreetMap</source>
            <translation>OpenStreetMap</translation>
        </message>
        <message>
            <source>Opening the history</source>
            <translation>Ouverture de l'historique</translation>
        </message>
        <message>
            <source>Opens the messages of the journal that are addressed to it.</source>
            <translation>Ouvre les messages du journal qui lui sont adressés.</translation>
        </message>
        <message>
            <source>Or&amp;ganisation</source>
            <translation>Stru&amp;cture</translation>
        </message>
        <message>
            <source>Organisation</source>
            <translation>Structure</translation>
        </message>
        <message>
            <source>Other records of the shared database still belong to it ({child}). Synchronise, then delete them first.</source>
            <translation>D'autres fiches de la base partagée lui appartiennent encore ({child}). Synchronisez, puis supprimez-les d'abord.</translation>
        </message>
        <message>
            <source>Other records that were entered here belong to this one: it cannot be discarded before them. Discard them first.</source>
            <translation>D’autres fiches saisies ici dépendent de celle-ci : elle ne peut pas être abandonnée avant elles. Abandonnez-les d’abord.</translation>
        </message>
        <message>
            <source>Other sites within {limit} m: {sites}</source>
            <translation>Autres sites à moins de {limit} m : {sites}</translation>
        </message>
        <message>
            <source>Others could read what travels: the line is not encrypted. Ask the administrator to mend this.</source>
            <translation>D'autres pourraient lire ce qui circule : la liaison n'est pas chiffrée. Demandez à l'administrateur d'y remédier.</translation>
        </message>
        <message>
            <source>Others keep writing to the shared database: it was not upgraded. Try again when fewer people work.</source>
            <translation>D’autres écrivent sans cesse dans la base partagée : elle n’a pas été mise à niveau. Recommencez quand moins de personnes travaillent.</translation>
        </message>
        <message>
            <source>Outputs</source>
            <translation>Sorties</translation>
        </message>
        <message>
            <source>Outside your areas</source>
            <translation>Hors de vos territoires</translation>
        </message>
        <message>
            <source>Over {limit} m</source>
            <translation>Plus de {limit} m</translation>
        </message>
        <message>
            <source>PDF, PNG or SVG files (*.pdf *.png *.svg)</source>
            <translation>Fichiers PDF, PNG ou SVG (*.pdf *.png *.svg)</translation>
        </message>
        <message>
            <source>Paper</source>
            <translation>Papier</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>Partie</translation>
        </message>
        <message>
            <source>Part of the platform's eight criteria that is met: precise address, type of site, owner of a known type, social diagnostic, people, households, minors, origins (asked of sites of at least 10 people). The platform divides the same eight by twelve, and never reaches more than 66 %.</source>
            <translation>Part remplie des huit critères de la plateforme : adresse précise, type de site, propriétaire de type connu, diagnostic social, personnes, ménages, mineurs, origines (demandées aux sites d'au moins 10 personnes). La plateforme divise les mêmes huit par douze, et ne dépasse jamais 66 %.</translation>
        </message>
        <message>
            <source>Parts of the log, the oldest first</source>
            <translation>Parties du journal, la plus ancienne d'abord</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personnes</translation>
        </message>
        <message>
            <source>People come and go: what was true half a year ago cannot be decided upon.</source>
            <translation>Les habitants vont et viennent : on ne décide pas sur ce qui était vrai il y a six mois.</translation>
        </message>
        <message>
            <source>People in a household where households are not counted</source>
            <translation>Personnes par ménage si les ménages ne sont pas comptés</translation>
        </message>
        <message>
            <source>People of a cohort</source>
            <translation>Personnes par cohorte</translation>
        </message>
        <message>
            <source>People with a long-term solution in housing or accommodation ÷ people of the site (else those the solutions name).</source>
            <translation>Personnes ayant une solution pérenne de logement ou d'hébergement ÷ habitants du site (à défaut, ceux que citent les orientations).</translation>
        </message>
        <message>
            <source>People, in percent of today</source>
            <translation>Personnes, en pourcentage d'aujourd'hui</translation>
        </message>
        <message>
            <source>People: last known count of each site. Sites never counted: {uncounted}; they are in no number of people.</source>
            <translation>Personnes : dernier comptage connu de chaque site. Sites jamais comptés : {uncounted} ; ils n’entrent dans aucun effectif.</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>Période</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Photo</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Photos</translation>
        </message>
        <message>
            <source>Photos added: {count}.</source>
            <translation>Photos ajoutées : {count}.</translation>
        </message>
        <message>
            <source>Photos and what they show</source>
            <translation>Photos et ce qu'elles montrent</translation>
        </message>
        <message>
            <source>Photos to add: {count}.</source>
            <translation>Photos à ajouter : {count}.</translation>
        </message>
        <message>
            <source>Photos to send: {count}.</source>
            <translation>Photos à envoyer : {count}.</translation>
        </message>
        <message>
            <source>Photos: {parts}</source>
            <translation>Photos : {parts}</translation>
        </message>
        <message>
            <source>Photos: {sent} sent, {received} received.</source>
            <translation>Photos : {sent} envoyées, {received} reçues.</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Images</translation>
        </message>
        <message>
            <source>Place the record on the map, or repair its outline; import again data that came in another reference system.</source>
            <translation>Placez la fiche sur la carte, ou réparez son contour ; importez de nouveau des données arrivées dans un autre système de coordonnées.</translation>
        </message>
        <message>
            <source>Place {of_other}</source>
            <translation>Position {of_other}</translation>
        </message>
        <message>
            <source>Platform before August 2022</source>
            <translation>Plateforme avant août 2022</translation>
        </message>
        <message>
            <source>Plugin</source>
            <translation>Extension</translation>
        </message>
        <message>
            <source>Point outside the commune it names</source>
            <translation>Point hors de la commune indiquée</translation>
        </message>
        <message>
            <source>Position in longitude and latitude, beside the simplified limits of the communes of France.</source>
            <translation>Position en longitude et latitude, confrontée aux limites simplifiées des communes de France.</translation>
        </message>
        <message>
            <source>Position: GeoJSON</source>
            <translation>Position : GeoJSON</translation>
        </message>
        <message>
            <source>Position: WKT</source>
            <translation>Position : WKT</translation>
        </message>
        <message>
            <source>Position: latitude</source>
            <translation>Position : latitude</translation>
        </message>
        <message>
            <source>Position: latitude, longitude</source>
            <translation>Position : latitude, longitude</translation>
        </message>
        <message>
            <source>Position: longitude</source>
            <translation>Position : longitude</translation>
        </message>
        <message>
            <source>Position: longitude, latitude</source>
            <translation>Position : longitude, latitude</translation>
        </message>
        <message>
            <source>Position: x</source>
            <translation>Position : x</translation>
        </message>
        <message>
            <source>Position: y</source>
            <translation>Position : y</translation>
        </message>
        <message>
            <source>PostgreSQL {version}, PostGIS {postgis}</source>
            <translation>PostgreSQL {version}, PostGIS {postgis}</translation>
        </message>
        <message>
            <source>Potability unknown, or tested long ago</source>
            <translation>Potabilité inconnue, ou analyse ancienne</translation>
        </message>
        <message>
            <source>Preview only</source>
            <translation>Aperçu seulement</translation>
        </message>
        <message>
            <source>Print</source>
            <translation>Imprimer</translation>
        </message>
        <message>
            <source>Print the Map</source>
            <translation>Imprimer la carte</translation>
        </message>
        <message>
            <source>Print the map of access to water as PDF or image</source>
            <translation>Imprimer la carte de l'accès à l'eau en PDF ou en image</translation>
        </message>
        <message>
            <source>Prints the map of access to water as PDF, PNG or SVG, by the suffix of the file. The audience decides what it shows. services: the exact positions. committee: figures by commune, without any position of a site. public: totals of departments, without groups of fewer than 10 people. Each export is written in the log of exports of the workspace.</source>
            <translation>Imprime la carte de l’accès à l’eau en PDF, PNG ou SVG, selon le suffixe du fichier. Les destinataires décident de ce qu’elle montre. services : les positions exactes. committee (comité de pilotage) : des chiffres par commune, sans aucune position de site. public : des totaux par département, sans les groupes de moins de 10 personnes. Chaque export est inscrit au journal des exports de l’espace de travail.</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Avancement</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>Projet</translation>
        </message>
        <message>
            <source>Public health code, article R. 1321-1 A (2023): 50 to 100 litres a day for each person.</source>
            <translation>Code de la santé publique, article R. 1321-1 A (2023) : de 50 à 100 litres par personne et par jour.</translation>
        </message>
        <message>
            <source>Publish a read-only project</source>
            <translation>Publier un projet en lecture seule</translation>
        </message>
        <message>
            <source>Put a point on the near side, or have a crossing made; import the streets where they end.</source>
            <translation>Placez un point du bon côté, ou faites aménager une traversée ; importez les voies là où elles s'arrêtent.</translation>
        </message>
        <message>
            <source>QGIS cannot add the layers of the workspace to the project.</source>
            <translation>QGIS ne peut pas ajouter les couches de l’espace de travail au projet.</translation>
        </message>
        <message>
            <source>QGIS cannot open its saved passwords: the master password is missing or wrong. Give it when QGIS asks, or in Settings → Options → Authentication; without a screen, in the file that QGIS_AUTH_PASSWORD_FILE names.</source>
            <translation>QGIS ne peut pas ouvrir ses mots de passe enregistrés : le mot de passe principal manque ou est faux. Donnez-le quand QGIS le demande, ou dans Préférences → Options → Authentification ; sans écran, dans le fichier que nomme QGIS_AUTH_PASSWORD_FILE.</translation>
        </message>
        <message>
            <source>QGIS cannot open the project {path}.</source>
            <translation>QGIS ne peut pas ouvrir le projet {path}.</translation>
        </message>
        <message>
            <source>QGIS cannot read {table} at {where}: the login has no access, or the shared database is older than this plugin. Ask the administrator.</source>
            <translation>QGIS ne peut pas lire {table} sur {where} : le compte n'a pas d'accès, ou la base partagée est plus ancienne que cette extension. Demandez à l'administrateur.</translation>
        </message>
        <message>
            <source>QGIS cannot read {table} in the workspace {path}.</source>
            <translation>QGIS ne peut pas lire {table} dans l’espace de travail {path}.</translation>
        </message>
        <message>
            <source>QGIS cannot show the layer “{name}” ({reason}).</source>
            <translation>QGIS ne peut pas montrer la couche « {name} » ({reason}).</translation>
        </message>
        <message>
            <source>QGIS opens none of its saved passwords any more: too many wrong master passwords were given, or a part of QGIS is missing. Start QGIS again, and give the master password when QGIS asks.</source>
            <translation>QGIS n'ouvre plus ses mots de passe enregistrés : trop de mots de passe principaux faux ont été donnés, ou une partie de QGIS manque. Redémarrez QGIS, et donnez le mot de passe principal quand il le demande.</translation>
        </message>
        <message>
            <source>QGIS projects (*.qgz)</source>
            <translation>Projets QGIS (*.qgz)</translation>
        </message>
        <message>
            <source>Reach the server, say who you are for it and what attaching would do; nothing is written</source>
            <translation>Joindre le serveur, dire qui vous êtes pour lui et ce que ferait le rattachement ; rien n'est écrit</translation>
        </message>
        <message>
            <source>Reaching the server</source>
            <translation>Connexion au serveur</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>Lire</translation>
        </message>
        <message>
            <source>Read the short guide</source>
            <translation>Lire le guide court</translation>
        </message>
        <message>
            <source>Reading how the workspace is shared</source>
            <translation>Lecture de l'état du partage</translation>
        </message>
        <message>
            <source>Reading photos</source>
            <translation>Lecture des photos</translation>
        </message>
        <message>
            <source>Reading the communes</source>
            <translation>Lecture des communes</translation>
        </message>
        <message>
            <source>Reading the contradiction</source>
            <translation>Lecture de la contradiction</translation>
        </message>
        <message>
            <source>Reading the history</source>
            <translation>Lecture de l'historique</translation>
        </message>
        <message>
            <source>Reading the history…</source>
            <translation>Lecture de l'historique…</translation>
        </message>
        <message>
            <source>Reading the shared database</source>
            <translation>Lecture de la base partagée</translation>
        </message>
        <message>
            <source>Reading the workspace</source>
            <translation>Lecture de l'espace de travail</translation>
        </message>
        <message>
            <source>Reading {name}…</source>
            <translation>Lecture de {name}…</translation>
        </message>
        <message>
            <source>Reads streets, railways and watercourses from an OpenStreetMap extract (.osm.pbf), the BD TOPO or any layer of lines. The streets of the same file imported before are replaced; those of other files stay. The number of islands says into how many networks without connection the streets fall: many islands mean a file with gaps.</source>
            <translation>Lit les voies, voies ferrées et cours d'eau d'un extrait OpenStreetMap (.osm.pbf), de la BD TOPO ou de toute couche de lignes. Les voies du même fichier importées auparavant sont remplacées ; celles des autres fichiers restent. Le nombre d'îlots indique en combien de réseaux sans lien entre eux les voies se répartissent : beaucoup d'îlots signalent un fichier lacunaire.</translation>
        </message>
        <message>
            <source>Reads the list of sites exported by the platform Résorption-bidonvilles (.xlsx, or saved as .ods or .csv). A site is recognised by its number on the platform, else by commune, name and distance (500 m); where that is not certain the row is rejected, unless a decision says which site it is. Each field is compared with the last import: what changed on the platform alone is taken, what changed in the workspace stays and goes into the return sheet. An export older than the last import only adds its counts of people. Give a report (.json), or the rows that were not imported (.csv, .xlsx) to mend and import them. With “Preview only”, nothing is written.</source>
            <translation>Lit la liste des sites exportée par la plateforme Résorption-bidonvilles (.xlsx, ou enregistrée en .ods ou .csv). Un site est reconnu par son numéro sur la plateforme, sinon par sa commune, son nom et la distance (500 m) ; en cas de doute la ligne est rejetée, sauf si une décision dit de quel site il s'agit. Chaque champ est comparé au dernier import : ce qui n'a changé que sur la plateforme est repris, ce qui a changé dans l'espace de travail reste et va dans la fiche retour. Un export plus ancien que le dernier import n'ajoute que ses comptages. Donnez un rapport (.json), ou les lignes non importées (.csv, .xlsx) pour les corriger et les importer. Avec « Aperçu seulement », rien n'est écrit.</translation>
        </message>
        <message>
            <source>Reads water points from a CSV, GeoJSON, GeoPackage, shapefile or OpenStreetMap file and adds them to the workspace. A water point already there (same source and number, else same name and position) is updated where the file says something else; empty cells erase nothing. Rows that cannot be used are rejected with a reason: give a report (.csv) to get them in a file you can mend and import. With “Preview only”, nothing is written.</source>
            <translation>Lit les points d'eau d'un fichier CSV, GeoJSON, GeoPackage, shapefile ou OpenStreetMap et les ajoute à l'espace de travail. Un point d'eau déjà présent (même source et même numéro, sinon même nom et même position) est mis à jour là où le fichier dit autre chose ; une cellule vide n'efface rien. Les lignes inutilisables sont rejetées avec leur motif : indiquez un rapport (.csv) pour les recevoir dans un fichier à corriger et à réimporter. Avec « Aperçu seulement », rien n'est écrit.</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Motif</translation>
        </message>
        <message>
            <source>Received</source>
            <translation>Reçues</translation>
        </message>
        <message>
            <source>Recognise the file</source>
            <translation>Reconnaître le fichier</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Fiche</translation>
        </message>
        <message>
            <source>Record not up to date</source>
            <translation>Fiche non à jour</translation>
        </message>
        <message>
            <source>Records added</source>
            <translation>Ajoutées</translation>
        </message>
        <message>
            <source>Records changed</source>
            <translation>Modifiées</translation>
        </message>
        <message>
            <source>Records removed</source>
            <translation>Supprimées</translation>
        </message>
        <message>
            <source>Records that are set aside here belong to this one, and would go with it ({layers}). Discard them first, among those set aside, then decide.</source>
            <translation>Des fiches mises de côté ici dépendent de celle-ci et disparaîtraient avec elle ({layers}). Renoncez-y d’abord, parmi les fiches mises de côté, puis décidez.</translation>
        </message>
        <message>
            <source>Records that cannot be sent, or received, as they are</source>
            <translation>Fiches qui ne peuvent pas être envoyées, ou reçues, telles quelles</translation>
        </message>
        <message>
            <source>Records that their authors cannot send, handed to the administrators</source>
            <translation>Fiches que leurs auteurs ne peuvent pas envoyer, remises aux administrateurs</translation>
        </message>
        <message>
            <source>Reference date, as 2026-01-31 (today when empty)</source>
            <translation>Date de référence, au format 2026-01-31 (aujourd'hui si vide)</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Actualiser</translation>
        </message>
        <message>
            <source>Refused by the shared database</source>
            <translation>Refusée par la base partagée</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Rejetés</translation>
        </message>
        <message>
            <source>Remark</source>
            <translation>Remarque</translation>
        </message>
        <message>
            <source>Remarks</source>
            <translation>Remarques</translation>
        </message>
        <message>
            <source>Remove needless spaces and invisible characters</source>
            <translation>Retirer les espaces inutiles et les caractères invisibles</translation>
        </message>
        <message>
            <source>Reopen</source>
            <translation>Rouvrir</translation>
        </message>
        <message>
            <source>Reopening findings</source>
            <translation>Réouverture de constats</translation>
        </message>
        <message>
            <source>Replace the stored project of that name</source>
            <translation>Remplacer le projet enregistré sous ce nom</translation>
        </message>
        <message>
            <source>Replaced as a whole by another program</source>
            <translation>Remplacement complet par un autre programme</translation>
        </message>
        <message>
            <source>Report (.html, .xlsx or .json)</source>
            <translation>Rapport (.html, .xlsx ou .json)</translation>
        </message>
        <message>
            <source>Report (.json), or rejected rows (.csv)</source>
            <translation>Rapport (.json) ou lignes rejetées (.csv)</translation>
        </message>
        <message>
            <source>Report (.json), or rows not imported (.csv, .xlsx)</source>
            <translation>Rapport (.json), ou lignes non importées (.csv, .xlsx)</translation>
        </message>
        <message>
            <source>Report of the checks</source>
            <translation>Rapport des contrôles</translation>
        </message>
        <message>
            <source>Restore This Record</source>
            <translation>Rétablir cette fiche</translation>
        </message>
        <message>
            <source>Restore This Value</source>
            <translation>Rétablir cette valeur</translation>
        </message>
        <message>
            <source>Restore from the history</source>
            <translation>Rétablir depuis l'historique</translation>
        </message>
        <message>
            <source>Restoring from the history</source>
            <translation>Rétablissement depuis l'historique</translation>
        </message>
        <message>
            <source>Restricted, you need a right from the administrator for them: {records}.</source>
            <translation>Fiches réservées, pour lesquelles il faut un droit à demander à l'administrateur : {records}.</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Résultat</translation>
        </message>
        <message>
            <source>Return Sheet</source>
            <translation>Fiche retour</translation>
        </message>
        <message>
            <source>Return sheet</source>
            <translation>Fiche retour</translation>
        </message>
        <message>
            <source>Return sheet for the platform</source>
            <translation>Fiche retour pour la plateforme</translation>
        </message>
        <message>
            <source>Revoke access to the shared database</source>
            <translation>Retirer l’accès à la base partagée</translation>
        </message>
        <message>
            <source>Revoke the access of {login}?</source>
            <translation>Retirer l'accès de {login} ?</translation>
        </message>
        <message>
            <source>Revoking access</source>
            <translation>Retrait de l'accès</translation>
        </message>
        <message>
            <source>Rights</source>
            <translation>Droits</translation>
        </message>
        <message>
            <source>Rights (justice, owners)</source>
            <translation>Droits (justice, owners)</translation>
        </message>
        <message>
            <source>Rights: {rights}</source>
            <translation>Droits : {rights}</translation>
        </message>
        <message>
            <source>Road, railway or watercourse to cross to reach water</source>
            <translation>Route, voie ferrée ou cours d'eau à franchir pour l'eau</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>Rôle</translation>
        </message>
        <message>
            <source>Row</source>
            <translation>Contenu</translation>
        </message>
        <message>
            <source>Rows read: {count}.</source>
            <translation>Lignes lues : {count}.</translation>
        </message>
        <message>
            <source>Run &amp;Checks</source>
            <translation>Lancer les &amp;contrôles</translation>
        </message>
        <message>
            <source>Run Checks</source>
            <translation>Lancer les contrôles</translation>
        </message>
        <message>
            <source>Run the checks</source>
            <translation>Lancer les contrôles</translation>
        </message>
        <message>
            <source>Runs the checks of water as if it were another day, as if some water points failed, or as if there were more people, and compares with today. The findings come out as points: appears, worsens, stays or goes. Nothing is written in the workspace. The water points are given by their identifiers, separated by commas.</source>
            <translation>Exécute les contrôles de l'eau comme si l'on était un autre jour, comme si des points d'eau étaient en panne ou comme s'il y avait plus de personnes, et compare avec aujourd'hui. Les constats sortent en points : apparaît, s'aggrave, demeure ou disparaît. Rien n'est écrit dans l'espace de travail. Les points d'eau sont donnés par leurs identifiants, séparés par des virgules.</translation>
        </message>
        <message>
            <source>Résorption needs the Python package shapely 2 or newer ({found}). Install it in the Python that QGIS uses (Windows: OSGeo4W Setup, package python3-shapely; Debian 13 and Ubuntu: python3-shapely; otherwise: python3 -m pip install --user 'shapely&gt;=2'), then restart QGIS.</source>
            <translation>Résorption a besoin du paquet Python shapely 2 ou plus récent ({found}). Installez-le dans le Python de QGIS (Windows : OSGeo4W Setup, paquet python3-shapely ; Debian 13 et Ubuntu : python3-shapely ; sinon : python3 -m pip install --user 'shapely&gt;=2'), puis redémarrez QGIS.</translation>
        </message>
        <message>
            <source>Résorption: Short Guide</source>
            <translation>Résorption : guide court</translation>
        </message>
        <message>
            <source>S&amp;ynchronise…</source>
            <translation>S&amp;ynchroniser…</translation>
        </message>
        <message>
            <source>SIBEL cohort outside the limits of the programme</source>
            <translation>Cohorte SIBEL hors des limites du programme</translation>
        </message>
        <message>
            <source>Safe: the server has confirmed that it holds the whole file.</source>
            <translation>En sûreté : le serveur a confirmé qu'il a le fichier entier.</translation>
        </message>
        <message>
            <source>Save Rejected Rows</source>
            <translation>Enregistrer les lignes rejetées</translation>
        </message>
        <message>
            <source>Save Rejected Rows…</source>
            <translation>Enregistrer les lignes rejetées…</translation>
        </message>
        <message>
            <source>Save or cancel the edits of {layers} first, then upgrade the workspace.</source>
            <translation>Enregistrez ou annulez d’abord les modifications de {layers}, puis mettez l’espace de travail à niveau.</translation>
        </message>
        <message>
            <source>Save or cancel the edits of {layers} first: what others did cannot be written under them. Then synchronise again.</source>
            <translation>Enregistrez ou annulez d’abord les modifications de {layers} : ce que d’autres ont fait ne peut pas être écrit dessous. Puis synchronisez de nouveau.</translation>
        </message>
        <message>
            <source>Say that this is dealt with, with an answer that its author reads</source>
            <translation>Dire que c'est traité, avec une réponse que son auteur lit</translation>
        </message>
        <message>
            <source>Say which layer of {path} to read, as in {example}. It has: {names}.</source>
            <translation>Indiquez quelle couche de {path} lire, par exemple {example}. Couches présentes : {names}.</translation>
        </message>
        <message>
            <source>Say who accepts it.</source>
            <translation>Dites qui l'accepte.</translation>
        </message>
        <message>
            <source>Say who accepts the exception.</source>
            <translation>Dites qui accepte l'exception.</translation>
        </message>
        <message>
            <source>Says what an existing login of the server may do; what is given here replaces what it could do before. An officer reads the departments of its areas and writes in its areas only: codes of departments (31), intercommunalities (243100518) or communes (31555), separated by commas. An administrator reads and writes everything, an auditor reads everything. The rights justice and owners open the procedures and the owners of land. The organisation opens the messages addressed to it.</source>
            <translation>Dit ce que peut faire un compte existant du serveur ; ce qui est donné ici remplace ce qu’il pouvait faire. Un agent lit les départements de ses territoires et n’écrit que dans ses territoires : codes de départements (31), d’intercommunalités (243100518) ou de communes (31555), séparés par des virgules. Un administrateur lit et écrit tout, un auditeur lit tout. Les droits justice et owners ouvrent les procédures et les propriétaires des terrains. La structure ouvre les messages qui lui sont adressés.</translation>
        </message>
        <message>
            <source>Search a department</source>
            <translation>Chercher un département</translation>
        </message>
        <message>
            <source>Search by name or number</source>
            <translation>Chercher par nom ou par numéro</translation>
        </message>
        <message>
            <source>Search in the findings</source>
            <translation>Chercher dans les constats</translation>
        </message>
        <message>
            <source>Section</source>
            <translation>Rubrique</translation>
        </message>
        <message>
            <source>See both values and choose, where the contradiction is in the open workspace (Enter or double click)</source>
            <translation>Voir les deux valeurs et choisir, si la contradiction est dans l'espace de travail ouvert (Entrée ou double-clic)</translation>
        </message>
        <message>
            <source>See both values, who wrote them and when, and choose (Enter or double click)</source>
            <translation>Voir les deux valeurs, qui les a écrites et quand, et choisir (Entrée ou double-clic)</translation>
        </message>
        <message>
            <source>See first what would be erased, then agree</source>
            <translation>Voir d'abord ce qui serait effacé, puis accepter</translation>
        </message>
        <message>
            <source>See what everybody wrote in the shared database between two days, and restore values</source>
            <translation>Voir ce que chacun a écrit dans la base partagée entre deux jours, et rétablir des valeurs</translation>
        </message>
        <message>
            <source>See what everybody wrote on this record and on what belongs to it, not only what this workspace knows</source>
            <translation>Voir ce que chacun a écrit sur cette fiche et sur ce qui en dépend, et pas seulement ce que connaît cet espace de travail</translation>
        </message>
        <message>
            <source>See what goes and what comes, then exchange it</source>
            <translation>Voir ce qui part et ce qui arrive, puis l'échanger</translation>
        </message>
        <message>
            <source>See what was deleted, by whom and when, and restore it</source>
            <translation>Voir ce qui a été supprimé, par qui et quand, et le rétablir</translation>
        </message>
        <message>
            <source>See who changed what and when on the selected record, and restore values</source>
            <translation>Voir qui a modifié quoi et quand sur la fiche sélectionnée, et rétablir des valeurs</translation>
        </message>
        <message>
            <source>See who shares, what waits for an administrator, and how far the log of the shared database reaches</source>
            <translation>Voir qui partage, ce qui attend un administrateur, et jusqu'où remonte le journal de la base partagée</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Graine</translation>
        </message>
        <message>
            <source>Select a figure to read what it counts and see its curve.</source>
            <translation>Sélectionnez un indicateur pour lire ce qu'il compte et voir sa courbe.</translation>
        </message>
        <message>
            <source>Select one site, or one other record of the workspace, on the map or in its table.</source>
            <translation>Sélectionnez un site, ou une seule autre fiche de l'espace de travail, sur la carte ou dans sa table.</translation>
        </message>
        <message>
            <source>Selected: {names}</source>
            <translation>Sélectionnés : {names}</translation>
        </message>
        <message>
            <source>Sends the records of the workspace to the shared database and receives those that the login may read. The same record with other values on both sides is left to be decided: nothing is guessed. The workspace remembers the name of the connection, or of the service, and never a password. Stopped or cut on the way, run it again: it goes on from there.</source>
            <translation>Envoie les fiches de l’espace de travail à la base partagée et reçoit celles que le compte peut lire. Une même fiche dont les valeurs diffèrent des deux côtés reste à décider : rien n’est deviné. L’espace de travail se souvient du nom de la connexion, ou du service, et jamais d’un mot de passe. Arrêté ou coupé en chemin, relancez-le : il reprend où il en était.</translation>
        </message>
        <message>
            <source>Sends what was changed in the workspace and receives what others did. The connection may be left empty: the one remembered when the workspace was attached is used. Two people who changed the same value are in contradiction, and a person decides; what the server refuses is set aside with its reason. Save or cancel the edits of the layers before. Where another program took most of a layer away behind the history, nothing is sent until you agree. Whatever happens on the way, nothing is lost and nothing is done twice.</source>
            <translation>Envoie ce qui a été modifié dans l’espace de travail et reçoit ce que d’autres ont fait. La connexion peut rester vide : celle du rattachement sert. Deux personnes qui ont modifié la même valeur se contredisent, et une personne décide ; ce que le serveur refuse est mis de côté avec son motif. Enregistrez ou annulez avant les modifications des couches. Là où un autre programme a vidé l’essentiel d’une couche à l’insu de l’historique, rien n’est envoyé sans votre accord. Quoi qu’il arrive en chemin, rien n’est perdu et rien n’est fait deux fois.</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Envoyées</translation>
        </message>
        <message>
            <source>Server and database: {where}</source>
            <translation>Serveur et base : {where}</translation>
        </message>
        <message>
            <source>Service</source>
            <translation>Service</translation>
        </message>
        <message>
            <source>Set aside</source>
            <translation>Mises de côté</translation>
        </message>
        <message>
            <source>Set aside ({count})</source>
            <translation>Mises de côté ({count})</translation>
        </message>
        <message>
            <source>Set of thresholds</source>
            <translation>Jeu de seuils</translation>
        </message>
        <message>
            <source>Settled</source>
            <translation>Réglée</translation>
        </message>
        <message>
            <source>Several records bear the same identifier. Delete all of them but one.</source>
            <translation>Plusieurs fiches portent le même identifiant. Supprimez-les toutes sauf une.</translation>
        </message>
        <message>
            <source>Severity</source>
            <translation>Gravité</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Part</translation>
        </message>
        <message>
            <source>Share of those known</source>
            <translation>Part parmi les connus</translation>
        </message>
        <message>
            <source>Shared as {who}; its connection has to be given each time.</source>
            <translation>Partagé en tant que {who} ; sa connexion est à donner chaque fois.</translation>
        </message>
        <message>
            <source>Shared by the connection “{by}” as {who}.</source>
            <translation>Partagé par la connexion « {by} » en tant que {who}.</translation>
        </message>
        <message>
            <source>Shared database</source>
            <translation>Base partagée</translation>
        </message>
        <message>
            <source>Sharing</source>
            <translation>Partage</translation>
        </message>
        <message>
            <source>Sharing needs the Python package psycopg2 ({found}). Install it in the Python that QGIS uses (Windows: OSGeo4W Setup, package python3-psycopg2; Debian and Ubuntu: python3-psycopg2; otherwise: python3 -m pip install --user psycopg2-binary), then restart QGIS.</source>
            <translation>Le partage a besoin du paquet Python psycopg2 ({found}). Installez-le dans le Python de QGIS (Windows : OSGeo4W Setup, paquet python3-psycopg2 ; Debian et Ubuntu : python3-psycopg2 ; sinon : python3 -m pip install --user psycopg2-binary), puis redémarrez QGIS.</translation>
        </message>
        <message>
            <source>Shortest integration</source>
            <translation>Intégration la plus courte</translation>
        </message>
        <message>
            <source>Shortest orientation</source>
            <translation>Orientation la plus courte</translation>
        </message>
        <message>
            <source>Shortest training</source>
            <translation>Formation la plus courte</translation>
        </message>
        <message>
            <source>Show on the Map</source>
            <translation>Voir sur la carte</translation>
        </message>
        <message>
            <source>Show one severity only</source>
            <translation>N'afficher qu'une gravité</translation>
        </message>
        <message>
            <source>Show one state only</source>
            <translation>N'afficher qu'un état</translation>
        </message>
        <message>
            <source>Show one theme only</source>
            <translation>N'afficher qu'un thème</translation>
        </message>
        <message>
            <source>Show only the changes in this commune</source>
            <translation>N'afficher que les modifications dans cette commune</translation>
        </message>
        <message>
            <source>Show only the changes of this field</source>
            <translation>N'afficher que les modifications de ce champ</translation>
        </message>
        <message>
            <source>Show only the changes of this layer</source>
            <translation>N'afficher que les modifications de cette couche</translation>
        </message>
        <message>
            <source>Show only the changes of this person</source>
            <translation>N'afficher que les modifications de cette personne</translation>
        </message>
        <message>
            <source>Show the &amp;Panel</source>
            <translation>Afficher le &amp;panneau</translation>
        </message>
        <message>
            <source>Show the Sites as They &amp;Were…</source>
            <translation>&amp;Voir les sites tels qu'ils étaient…</translation>
        </message>
        <message>
            <source>Show the Sites as They Were</source>
            <translation>Voir les sites tels qu'ils étaient</translation>
        </message>
        <message>
            <source>Show the overview and the findings</source>
            <translation>Afficher la vue d'ensemble et les constats</translation>
        </message>
        <message>
            <source>Show the sites on a past day, or play how they changed</source>
            <translation>Voir les sites à une date passée, ou rejouer leur évolution</translation>
        </message>
        <message>
            <source>Shows what the import would do; writes nothing</source>
            <translation>Montre ce que l'import ferait, sans rien écrire</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>Depuis</translation>
        </message>
        <message>
            <source>Since the last committee</source>
            <translation>Depuis le dernier comité</translation>
        </message>
        <message>
            <source>Site</source>
            <translation>Site</translation>
        </message>
        <message>
            <source>Site closed, water point still marked as serving it</source>
            <translation>Site fermé, point d'eau encore marqué comme le desservant</translation>
        </message>
        <message>
            <source>Site or tap outside the footprint, or footprint without site</source>
            <translation>Site ou robinet hors de l'emprise, ou emprise sans site</translation>
        </message>
        <message>
            <source>Site or water point</source>
            <translation>Site ou point d'eau</translation>
        </message>
        <message>
            <source>Site {number} of the platform stands already in line {line}.</source>
            <translation>Le site {number} de la plateforme figure déjà à la ligne {line}.</translation>
        </message>
        <message>
            <source>Sites</source>
            <translation>Sites</translation>
        </message>
        <message>
            <source>Sites by commune: declared access</source>
            <translation>Sites par commune : accès déclaré</translation>
        </message>
        <message>
            <source>Sites confirmed as unchanged: {count}. Save the edits of the layer to keep it.</source>
            <translation>Sites confirmés sans changement : {count}. Enregistrez les modifications de la couche pour le garder.</translation>
        </message>
        <message>
            <source>Sites in no commune of the territory: {unplaced}; they are in the figures, not on the map.</source>
            <translation>Sites hors des communes du territoire : {unplaced} ; comptés dans les chiffres, absents de la carte.</translation>
        </message>
        <message>
            <source>Sites with unsaved changes left as they were: {count}. Saving them dates them.</source>
            <translation>Sites modifiés et non enregistrés, laissés tels quels : {count}. Les enregistrer les date.</translation>
        </message>
        <message>
            <source>Sites, footprints, dwellings and water points without geometry, with an empty or invalid one, at 0,0, with coordinates that are not degrees, or outside France fail. A record in another French department is to verify: water across a border may serve a site.</source>
            <translation>Les sites, emprises, habitations et points d'eau sans géométrie, à géométrie vide ou invalide, situés en 0,0, aux coordonnées qui ne sont pas des degrés, ou hors de France sont non conformes. Une fiche dans un autre département français est à vérifier : de l'eau de l'autre côté d'une limite peut desservir un site.</translation>
        </message>
        <message>
            <source>Situation</source>
            <translation>Situation</translation>
        </message>
        <message>
            <source>Size (MiB)</source>
            <translation>Taille (Mio)</translation>
        </message>
        <message>
            <source>Slum clearance and water</source>
            <translation>Résorption des bidonvilles et eau</translation>
        </message>
        <message>
            <source>Slum sites and water points</source>
            <translation>Bidonvilles et points d'eau</translation>
        </message>
        <message>
            <source>Slums and water</source>
            <translation>Bidonvilles et eau</translation>
        </message>
        <message>
            <source>Smallest road that is a barrier</source>
            <translation>Plus petite voie qui fait obstacle</translation>
        </message>
        <message>
            <source>Some records still differ from those of the shared database: synchronise again in a moment.</source>
            <translation>Des fiches diffèrent encore de celles de la base partagée : synchronisez de nouveau dans un instant.</translation>
        </message>
        <message>
            <source>Somebody else had marked it as settled already.</source>
            <translation>Quelqu'un d'autre l'avait déjà marqué comme réglé.</translation>
        </message>
        <message>
            <source>Somebody with rights on the server has altered it, or it was restored badly. Keep the server and its backups as they are, tell its administrator, and have the log compared with the last backup in which it is intact.</source>
            <translation>Quelqu'un qui a des droits sur le serveur l'a modifié, ou il a été mal restauré. Gardez le serveur et ses sauvegardes tels quels, prévenez son administrateur, et faites comparer le journal avec la dernière sauvegarde où il est intact.</translation>
        </message>
        <message>
            <source>Someone else entered “{what}”, which cannot be taken beside what was entered here: {rule} Correct the record, then synchronise.</source>
            <translation>Une autre personne a saisi « {what} », incompatible avec ce qui a été saisi ici : {rule} Corrigez la fiche, puis synchronisez.</translation>
        </message>
        <message>
            <source>Someone else entered “{what}”, which this workspace cannot take beside what was entered here. Look at the record, correct it, then synchronise.</source>
            <translation>Une autre personne a saisi « {what} », que cet espace de travail ne peut pas prendre à côté de ce qui a été saisi ici. Regardez la fiche, corrigez-la, puis synchronisez.</translation>
        </message>
        <message>
            <source>Someone else is writing the same records at {where}. Try again in a moment.</source>
            <translation>Quelqu’un d’autre écrit les mêmes fiches sur {where}. Recommencez dans un instant.</translation>
        </message>
        <message>
            <source>Source of the limit</source>
            <translation>Source du seuil</translation>
        </message>
        <message>
            <source>Sources: records of the services of the State and of the operators up to {updated}; limits: IGN.</source>
            <translation>Sources : saisies des services de l’État et des opérateurs jusqu’au {updated} ; limites administratives : IGN.</translation>
        </message>
        <message>
            <source>Sphere 2018, water supply standard 2.1: 250 people per tap of 7.5 L/min.</source>
            <translation>Sphère 2018, standard 2.1 sur l'approvisionnement en eau : 250 personnes par robinet de 7,5 L/min.</translation>
        </message>
        <message>
            <source>Sphere 2018, water supply standard 2.1: 30 minutes in the queue.</source>
            <translation>Sphère 2018, standard 2.1 sur l'approvisionnement en eau : 30 minutes d'attente.</translation>
        </message>
        <message>
            <source>Sphere 2018, water supply standard 2.1: a can of 20 litres.</source>
            <translation>Sphère 2018, standard 2.1 sur l'approvisionnement en eau : un bidon de 20 litres.</translation>
        </message>
        <message>
            <source>Sphere 2018, water supply standard 2.1: at least 15 L.</source>
            <translation>Sphère 2018, standard 2.1 sur l'approvisionnement en eau : au moins 15 L.</translation>
        </message>
        <message>
            <source>Sphere 2018, water supply standard 2.1: less than 500 m.</source>
            <translation>Sphère 2018, standard 2.1 sur l'approvisionnement en eau : moins de 500 m.</translation>
        </message>
        <message>
            <source>Sphere handbook</source>
            <translation>Manuel Sphère</translation>
        </message>
        <message>
            <source>Spreadsheets (.xlsx) need the Python library openpyxl, which this QGIS lacks. Install the plugin from its zip, or use .ods or .csv.</source>
            <translation>Les classeurs .xlsx demandent la bibliothèque Python openpyxl, absente de ce QGIS. Installez l'extension depuis son fichier zip, ou utilisez .ods ou .csv.</translation>
        </message>
        <message>
            <source>Stagnant water breeds disease, and unequal access leaves some inhabitants without water.</source>
            <translation>Les eaux stagnantes favorisent les maladies, et un accès inégal laisse des habitants sans eau.</translation>
        </message>
        <message>
            <source>Stagnant water, or unequal access</source>
            <translation>Eaux stagnantes ou accès inégal</translation>
        </message>
        <message>
            <source>Standards</source>
            <translation>Normes appliquées</translation>
        </message>
        <message>
            <source>Starting value</source>
            <translation>Valeur de départ</translation>
        </message>
        <message>
            <source>State</source>
            <translation>État</translation>
        </message>
        <message>
            <source>State of the water point on the reference date, with its closures, announced or of every year.</source>
            <translation>État du point d'eau à la date de référence, avec ses fermetures annoncées ou annuelles.</translation>
        </message>
        <message>
            <source>State on the &amp;day</source>
            <translation>État à la &amp;date du</translation>
        </message>
        <message>
            <source>State: Résorption-bidonvilles counts a record older than 6 months as out of date.</source>
            <translation>État : Résorption-bidonvilles compte comme non à jour une fiche de plus de 6 mois.</translation>
        </message>
        <message>
            <source>State: Résorption-bidonvilles dates each phase; a later one is late.</source>
            <translation>État : Résorption-bidonvilles date chaque phase ; au-delà, elle est en retard.</translation>
        </message>
        <message>
            <source>State: Résorption-bidonvilles shows a record of 3 months or more in orange.</source>
            <translation>État : Résorption-bidonvilles montre en orange une fiche de 3 mois ou plus.</translation>
        </message>
        <message>
            <source>State: form of Résorption-bidonvilles (less than 200 m between the water point and the farthest dwelling) and DIHAL report 2021 (over 200 m is not close enough). French law sets no distance.</source>
            <translation>État : formulaire de Résorption-bidonvilles (moins de 200 m entre le point d'eau et l'habitation la plus éloignée) et rapport DIHAL 2021 (au-delà de 200 m, l'eau n'est pas assez proche). La loi française ne fixe pas de distance.</translation>
        </message>
        <message>
            <source>State: form of Résorption-bidonvilles, 1 tap for 50 people, to be adapted to the site.</source>
            <translation>État : formulaire de Résorption-bidonvilles, 1 robinet pour 50 personnes, à adapter aux spécificités du site.</translation>
        </message>
        <message>
            <source>Status and date of closure of the site that the water point names, on the reference date.</source>
            <translation>Statut et date de fermeture du site que désigne le point d'eau, à la date de référence.</translation>
        </message>
        <message>
            <source>Stay</source>
            <translation>Demeurent</translation>
        </message>
        <message>
            <source>Stays</source>
            <translation>Reste</translation>
        </message>
        <message>
            <source>Stopped: what was exchanged so far is kept, the rest waits here for the next synchronisation.</source>
            <translation>Arrêté : ce qui a déjà été échangé est gardé, le reste attend ici la prochaine synchronisation.</translation>
        </message>
        <message>
            <source>Supposing</source>
            <translation>Simulation</translation>
        </message>
        <message>
            <source>Synchronise</source>
            <translation>Synchroniser</translation>
        </message>
        <message>
            <source>Synchronise…</source>
            <translation>Synchroniser…</translation>
        </message>
        <message>
            <source>Synchronising</source>
            <translation>Synchronisation</translation>
        </message>
        <message>
            <source>Syntax</source>
            <translation>Syntaxe</translation>
        </message>
        <message>
            <source>Tables (*.xlsx *.csv)</source>
            <translation>Tableaux (*.xlsx *.csv)</translation>
        </message>
        <message>
            <source>Tables and layers</source>
            <translation>Tableaux et couches</translation>
        </message>
        <message>
            <source>Take a decision back that was not sent yet</source>
            <translation>Revenir sur une décision pas encore envoyée</translation>
        </message>
        <message>
            <source>Take all access from the selected person</source>
            <translation>Retirer tout accès à la personne sélectionnée</translation>
        </message>
        <message>
            <source>Take the characters or the personal data out of the text named.</source>
            <translation>Ôtez du texte cité les caractères ou les données personnelles.</translation>
        </message>
        <message>
            <source>Take the commune of the position</source>
            <translation>Prendre la commune de la position</translation>
        </message>
        <message>
            <source>Take the last merge of two records back</source>
            <translation>Revenir sur la dernière fusion de deux fiches</translation>
        </message>
        <message>
            <source>Take what the shared database holds, and give up what was written here</source>
            <translation>Prendre ce que contient la base partagée, et abandonner ce qui a été écrit ici</translation>
        </message>
        <message>
            <source>Taken from the platform</source>
            <translation>Repris de la plateforme</translation>
        </message>
        <message>
            <source>Taken on</source>
            <translation>Prise le</translation>
        </message>
        <message>
            <source>Taken on {day}.</source>
            <translation>Prise le {day}.</translation>
        </message>
        <message>
            <source>Taken {distance} m from the site.</source>
            <translation>Prise à {distance} m du site.</translation>
        </message>
        <message>
            <source>Taken {distance} m from the water point.</source>
            <translation>Prise à {distance} m du point d'eau.</translation>
        </message>
        <message>
            <source>Takes from a login all that it may read and write in the shared database. What it wrote stays, under its name; the login itself goes on existing on the server. What it received already stays in its workspaces.</source>
            <translation>Retire à un compte tout ce qu’il peut lire et écrire dans la base partagée. Ce qu’il a écrit reste, sous son nom ; le compte lui-même continue d’exister sur le serveur. Ce qu’il a déjà reçu reste dans ses espaces de travail.</translation>
        </message>
        <message>
            <source>Taking a decision back</source>
            <translation>Retour sur une décision</translation>
        </message>
        <message>
            <source>Taking a merge back</source>
            <translation>Retour sur une fusion</translation>
        </message>
        <message>
            <source>Taps, litres and places are reckoned on these numbers.</source>
            <translation>Robinets, litres et places se calculent sur ces nombres.</translation>
        </message>
        <message>
            <source>Target year of the site, and day on which each phase was expected, beside the reference date.</source>
            <translation>Année visée pour le site, et jour où chaque phase était attendue, à côté de la date de référence.</translation>
        </message>
        <message>
            <source>Target year over, or phase late</source>
            <translation>Année visée dépassée ou phase en retard</translation>
        </message>
        <message>
            <source>Territories</source>
            <translation>Territoires</translation>
        </message>
        <message>
            <source>Territory</source>
            <translation>Territoire</translation>
        </message>
        <message>
            <source>Territory History</source>
            <translation>Historique du territoire</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Texte</translation>
        </message>
        <message>
            <source>Text read as {encoding}.</source>
            <translation>Texte lu en {encoding}.</translation>
        </message>
        <message>
            <source>Text with markup, control characters or personal data</source>
            <translation>Texte avec balises, caractères de commande ou données personnelles</translation>
        </message>
        <message>
            <source>The access is declared as continuous, but {point} is open {hours} h a day: verify the form or the water point.</source>
            <translation>L'accès est déclaré continu, mais {point} est ouvert {hours} h par jour : vérifiez le formulaire ou le point d'eau.</translation>
        </message>
        <message>
            <source>The access to water is declared as not continuous.</source>
            <translation>L'accès à l'eau est déclaré non continu.</translation>
        </message>
        <message>
            <source>The answer of the form on the continuity of the access, beside the hours of the water points.</source>
            <translation>Réponse du formulaire sur la continuité de l'accès, à côté des horaires des points d'eau.</translation>
        </message>
        <message>
            <source>The barriers cut the ground into parts; fewest steps from part to part, from the worst placed dwelling to the usable water point within reach that is easiest to get to. A road that can be walked around, a bridge, a tunnel or a footbridge does away with a step; the two carriageways of a road are one.</source>
            <translation>Les obstacles découpent le terrain en îlots ; on compte le moins de passages d'un îlot à l'autre, de l'habitation la plus mal placée au point d'eau utilisable à portée le plus facile à rejoindre. Une voie que l'on peut contourner, un pont, un tunnel ou une passerelle ôtent un passage ; les deux chaussées d'une voie n'en font qu'une.</translation>
        </message>
        <message>
            <source>The certificate of {where} is not vouched for by the authority known here: nothing was sent. Ask the administrator for the file of the authority. For a connection of QGIS, add it in Settings → Options → Authentication, Manage Certificates, Authorities; for another one, in the place of root.crt, or of the file that sslrootcert names. Do not get round this by another SSL mode.</source>
            <translation>Le certificat de {where} n’est pas garanti par l’autorité connue ici : rien n’a été envoyé. Demandez à l’administrateur le fichier de l’autorité. Pour une connexion de QGIS, ajoutez-le dans Préférences → Options → Authentification, Gestion des Certificats, Autorités ; pour une autre, mettez-le à la place de root.crt, ou du fichier que nomme sslrootcert. Ne contournez pas ce message par un autre mode SSL.</translation>
        </message>
        <message>
            <source>The certificate that proves who {where} is cannot be verified: the file of its authority is missing on this computer. Ask the administrator for this file, and put it where PostgreSQL looks for it (root.crt), or name it in the connection (sslrootcert). To a connection of QGIS, give a saved authentication, and add the file in Settings → Options → Authentication, Manage Certificates, Authorities.</source>
            <translation>Le certificat qui prouve l’identité de {where} ne peut pas être vérifié : le fichier de son autorité manque sur cet ordinateur. Demandez ce fichier à l’administrateur, et mettez-le là où PostgreSQL le cherche (root.crt), ou indiquez-le dans la connexion (sslrootcert). À une connexion de QGIS, donnez une authentification enregistrée, et ajoutez le fichier dans Préférences → Options → Authentification, Gestion des Certificats, Autorités.</translation>
        </message>
        <message>
            <source>The check {check} stopped on an internal error at the record {uid} of {layer} ({error}). The other checks are complete; report this error with the log.</source>
            <translation>Le contrôle {check} s'est arrêté sur une erreur interne à la fiche {uid} de {layer} ({error}). Les autres contrôles sont complets ; signalez cette erreur avec le journal.</translation>
        </message>
        <message>
            <source>The checks are done. Errors {errors}, warnings {warnings}, to verify {to_verify}.</source>
            <translation>Les contrôles sont faits. Erreurs : {errors}, avertissements : {warnings}, à vérifier : {to_verify}.</translation>
        </message>
        <message>
            <source>The checks of water are run on an imagined state and compared with today. Nothing is written: the result is a temporary layer.</source>
            <translation>Les contrôles de l'eau sont exécutés sur un état imaginé et comparés avec aujourd'hui. Rien n'est écrit : le résultat est une couche temporaire.</translation>
        </message>
        <message>
            <source>The cohort {name} is outside the limits of the programme by some days: {faults}.</source>
            <translation>La cohorte {name} sort de quelques jours des limites du programme : {faults}.</translation>
        </message>
        <message>
            <source>The cohort {name} is outside the limits of the programme: {faults}.</source>
            <translation>La cohorte {name} sort des limites du programme : {faults}.</translation>
        </message>
        <message>
            <source>The column {column} is required and empty.</source>
            <translation>La colonne {column} est obligatoire et vide.</translation>
        </message>
        <message>
            <source>The column “{title}” is none of the platform's: it was left out.</source>
            <translation>La colonne « {title} » n'est pas de la plateforme : elle a été laissée de côté.</translation>
        </message>
        <message>
            <source>The commune decides who acts and in which figures the site counts; the platform does not verify it.</source>
            <translation>La commune détermine qui agit et dans quels chiffres le site compte ; la plateforme ne la vérifie pas.</translation>
        </message>
        <message>
            <source>The connection cannot be understood. Give the name of a PostgreSQL connection of QGIS, service=…, authcfg=…, or parameters such as host=… dbname=… user=….</source>
            <translation>La connexion n’est pas comprise. Donnez le nom d’une connexion PostgreSQL de QGIS, service=…, authcfg=…, ou des paramètres tels que host=… dbname=… user=….</translation>
        </message>
        <message>
            <source>The connection holds a password: QGIS keeps what algorithms are given in its log and history. Use a connection of QGIS, authcfg=…, service=… or the file of passwords of PostgreSQL (pgpass) instead.</source>
            <translation>La connexion contient un mot de passe : QGIS garde dans son journal et son historique ce qui est donné aux algorithmes. Utilisez plutôt une connexion de QGIS, authcfg=…, service=… ou le fichier de mots de passe de PostgreSQL (pgpass).</translation>
        </message>
        <message>
            <source>The connection to {where} cannot be made ({reason}). Correct it.</source>
            <translation>La connexion à {where} ne peut pas être établie ({reason}). Corrigez-la.</translation>
        </message>
        <message>
            <source>The connection to {where} has no password. Save one in the authentication of QGIS (authcfg) or in the file of passwords of PostgreSQL (pgpass).</source>
            <translation>La connexion à {where} n’a pas de mot de passe. Enregistrez-en un dans l’authentification de QGIS (authcfg) ou dans le fichier de mots de passe de PostgreSQL (pgpass).</translation>
        </message>
        <message>
            <source>The connection to {where} was cut. Synchronise again: nothing is lost, and nothing is done twice.</source>
            <translation>La connexion à {where} a été coupée. Synchronisez de nouveau : rien n’est perdu, et rien n’est fait deux fois.</translation>
        </message>
        <message>
            <source>The contradiction is not to be settled any more, or not by you: its record may have gone to another area. Synchronise to see how it stands.</source>
            <translation>La contradiction n'est plus à régler, ou pas par vous : sa fiche est peut-être passée dans un autre territoire. Synchronisez pour voir où elle en est.</translation>
        </message>
        <message>
            <source>The coordinates {x} and {y} are no longitude and latitude: the data were probably in another reference system.</source>
            <translation>Les coordonnées {x} et {y} ne sont pas une longitude et une latitude : les données étaient sans doute dans un autre système de référence.</translation>
        </message>
        <message>
            <source>The curve cannot be drawn here: read its values in the next tab.</source>
            <translation>La courbe ne peut pas être tracée ici : lisez ses valeurs dans l'onglet suivant.</translation>
        </message>
        <message>
            <source>The curve was not computed.</source>
            <translation>La courbe n'a pas été calculée.</translation>
        </message>
        <message>
            <source>The data model is wrong: {fault}.</source>
            <translation>Le modèle de données est incohérent : {fault}.</translation>
        </message>
        <message>
            <source>The database {where} holds no shared workspace that this plugin can use ({reason}). Its administrator has to install it, or upgrade it.</source>
            <translation>La base {where} ne contient pas d’espace partagé que cette extension sache utiliser ({reason}). Son administrateur doit l’installer, ou le mettre à niveau.</translation>
        </message>
        <message>
            <source>The database {where} holds no shared workspace yet. Install it first.</source>
            <translation>La base {where} ne contient pas encore d’espace partagé. Installez-le d’abord.</translation>
        </message>
        <message>
            <source>The database “{database}” already has a schema “{schema}” of another program. Make another database for the shared one.</source>
            <translation>La base « {database} » a déjà un schéma « {schema} » d’un autre programme. Créez une autre base pour la base partagée.</translation>
        </message>
        <message>
            <source>The database “{database}” has PostGIS {version}; version {oldest} or newer is needed. Its administrator has to upgrade it.</source>
            <translation>La base « {database} » a PostGIS {version} ; il faut la version {oldest} ou plus récente. Son administrateur doit la mettre à niveau.</translation>
        </message>
        <message>
            <source>The database “{database}” has no PostGIS. Its administrator has to run CREATE EXTENSION postgis in it.</source>
            <translation>La base « {database} » n’a pas PostGIS. Son administrateur doit y exécuter CREATE EXTENSION postgis.</translation>
        </message>
        <message>
            <source>The database “{database}” keeps its texts in {encoding}; it must be UTF8. Make another database with this encoding.</source>
            <translation>La base « {database} » garde ses textes en {encoding} ; il faut UTF8. Créez une autre base avec cet encodage.</translation>
        </message>
        <message>
            <source>The day on which the state of the sites and of the water points is taken</source>
            <translation>Le jour auquel est pris l'état des sites et des points d'eau</translation>
        </message>
        <message>
            <source>The day the water is wanted; today when it is left out.</source>
            <translation>Le jour où l'eau est demandée ; sans elle, aujourd'hui.</translation>
        </message>
        <message>
            <source>The decision goes with the next synchronisation; until then it can be taken back on the tab Sharing.</source>
            <translation>La décision part à la prochaine synchronisation ; jusque-là, « Annuler la décision » (onglet Partage) y revient.</translation>
        </message>
        <message>
            <source>The decision is in your workspace: the next synchronisation sends it.</source>
            <translation>La décision est dans votre espace de travail : la prochaine synchronisation l'envoie.</translation>
        </message>
        <message>
            <source>The declared source counts as no access on the platform, but {point}, a private tap, is usable within {limit} m: verify the form or the water point.</source>
            <translation>La source déclarée compte comme une absence d'accès sur la plateforme, mais {point}, robinet hors voie publique, est utilisable à moins de {limit} m : vérifiez la fiche ou le point d'eau.</translation>
        </message>
        <message>
            <source>The departments {departments} do not share a metric reference system. Make one workspace for each.</source>
            <translation>Les départements {departments} n’ont pas le même système de projection. Créez un espace de travail pour chacun.</translation>
        </message>
        <message>
            <source>The disk is full: nothing was written to {path}. Free some space and try again.</source>
            <translation>Le disque est plein : rien n’a été écrit dans {path}. Libérez de la place, puis recommencez.</translation>
        </message>
        <message>
            <source>The disk is full: the photo was not added to {folder}. Free some space and try again.</source>
            <translation>Le disque est plein : la photo n'a pas été ajoutée dans {folder}. Libérez de la place et recommencez.</translation>
        </message>
        <message>
            <source>The disk of {path} does not answer ({reason}): nothing was written. Check the disk.</source>
            <translation>Le disque de {path} ne répond pas ({reason}) : rien n’a été écrit. Vérifiez le disque.</translation>
        </message>
        <message>
            <source>The distances have not been computed yet.</source>
            <translation>Les distances n'ont pas encore été calculées.</translation>
        </message>
        <message>
            <source>The edit has ended meanwhile: nothing was changed. Try again.</source>
            <translation>L'édition s'est terminée entre-temps : rien n'a été modifié. Recommencez.</translation>
        </message>
        <message>
            <source>The end of its name decides the format: .pdf, .png or .svg</source>
            <translation>La fin de son nom décide du format : .pdf, .png ou .svg</translation>
        </message>
        <message>
            <source>The exception would end on {until}, which has passed.</source>
            <translation>L'exception prendrait fin le {until}, une date passée.</translation>
        </message>
        <message>
            <source>The farthest dwelling is {distance} m from usable water, for a limit of {limit} m: too close to call with the accuracy of the positions (from {lower} to {upper} m).</source>
            <translation>L'habitation la plus éloignée est à {distance} m d'une eau utilisable, pour une limite de {limit} m : la précision des positions ne permet pas de trancher (de {lower} à {upper} m).</translation>
        </message>
        <message>
            <source>The farthest dwelling is {distance} m from usable water; the limit is {limit} m.</source>
            <translation>L'habitation la plus éloignée est à {distance} m d'une eau utilisable ; la limite est de {limit} m.</translation>
        </message>
        <message>
            <source>The figures are in {path}.</source>
            <translation>Les indicateurs sont dans {path}.</translation>
        </message>
        <message>
            <source>The figures are those of this day, today or past</source>
            <translation>Les indicateurs sont ceux de ce jour, présent ou passé</translation>
        </message>
        <message>
            <source>The file is in a known format: {format}. What its columns fill is settled.</source>
            <translation>Le fichier est dans un format connu : {format}. Ce que ses colonnes remplissent est fixé.</translation>
        </message>
        <message>
            <source>The file of the photo {name} cannot be read ({reason}): it is not shared yet.</source>
            <translation>Le fichier de la photo {name} est illisible ({reason}) : il n'est pas encore partagé.</translation>
        </message>
        <message>
            <source>The file of the photo {name} was changed since it was added: it is not shared. Add the changed file as a new photo.</source>
            <translation>Le fichier de la photo {name} a été modifié depuis son ajout : il n'est pas partagé. Ajoutez le fichier modifié comme une nouvelle photo.</translation>
        </message>
        <message>
            <source>The file of this photo is not here yet: it comes by synchronising, once its author has sent it.</source>
            <translation>Le fichier de cette photo n'est pas encore là : il arrive en synchronisant, quand son auteur l'a envoyé.</translation>
        </message>
        <message>
            <source>The file {name} is empty. Copy it again from the camera.</source>
            <translation>Le fichier {name} est vide. Copiez-le à nouveau depuis l'appareil photo.</translation>
        </message>
        <message>
            <source>The file {name} is not a photo that can be read (JPEG, PNG, TIFF or WebP). Choose another file.</source>
            <translation>Le fichier {name} n'est pas une photo lisible (JPEG, PNG, TIFF ou WebP). Choisissez un autre fichier.</translation>
        </message>
        <message>
            <source>The file {name} takes {size} MB; a photo may take {limit} MB. Save it smaller and add it again.</source>
            <translation>Le fichier {name} pèse {size} Mo ; une photo peut peser {limit} Mo. Enregistrez-la plus petite et ajoutez-la à nouveau.</translation>
        </message>
        <message>
            <source>The file {path} cannot be read ({reason}). Check that it is there and that you may open it.</source>
            <translation>Le fichier {path} ne peut pas être lu ({reason}). Vérifiez qu'il existe et que vous avez le droit de l'ouvrir.</translation>
        </message>
        <message>
            <source>The file {path} is empty. Choose a workspace, or create a new one.</source>
            <translation>Le fichier {path} est vide. Choisissez un espace de travail, ou créez-en un.</translation>
        </message>
        <message>
            <source>The file {path} is missing from the folder {folder}. Copy it back beside the workspace.</source>
            <translation>Le fichier {path} manque dans le dossier {folder}. Remettez-le à côté de l'espace de travail.</translation>
        </message>
        <message>
            <source>The file {path} must end in .csv or .xlsx.</source>
            <translation>Le nom du fichier {path} doit se terminer par .csv ou .xlsx.</translation>
        </message>
        <message>
            <source>The file {path} must end in {suffixes} for the format {format}.</source>
            <translation>Le nom du fichier {path} doit finir par {suffixes} pour le format {format}.</translation>
        </message>
        <message>
            <source>The findings cannot be written. Choose another output.</source>
            <translation>Les constats ne peuvent pas être écrits. Choisissez une autre sortie.</translation>
        </message>
        <message>
            <source>The first action that concerns this site begins on {begins} only.</source>
            <translation>La première action qui concerne ce site ne commence que le {begins}.</translation>
        </message>
        <message>
            <source>The folder of photos {folder} cannot be written ({reason}): nothing was added. Check its permissions.</source>
            <translation>Le dossier de photos {folder} refuse l'écriture ({reason}) : rien n'a été ajouté. Vérifiez ses droits.</translation>
        </message>
        <message>
            <source>The footprints of the sites {first} and {second} overlap on {area} m².</source>
            <translation>Les emprises des sites {first} et {second} se recouvrent sur {area} m².</translation>
        </message>
        <message>
            <source>The form says that the access to water falls short: “{faults}”.</source>
            <translation>Le formulaire signale un défaut de l'accès à l'eau : « {faults} ».</translation>
        </message>
        <message>
            <source>The form says “{status}” for access to water, but this workspace has no existing water point: it contradicts “{answers}”.</source>
            <translation>Le formulaire dit « {status} » pour l'accès à l'eau, mais cet espace de travail n'a aucun point d'eau existant : cela contredit : « {answers} ».</translation>
        </message>
        <message>
            <source>The form says “{status}” for access to water, but {distance} m separate the farthest dwelling from the nearest existing water point: the measure contradicts “{answers}”.</source>
            <translation>Le formulaire dit « {status} » pour l'accès à l'eau, mais l'habitation la plus éloignée est à {distance} m du point d'eau existant le plus proche : la mesure contredit : « {answers} ».</translation>
        </message>
        <message>
            <source>The form says “{status}” for access to water; the nearest existing water point is {distance} m from the farthest dwelling, and may be another one than the one declared. To verify: “{answers}”.</source>
            <translation>Le formulaire dit « {status} » pour l'accès à l'eau ; le point d'eau existant le plus proche est à {distance} m de l'habitation la plus éloignée, et peut ne pas être celui déclaré. À vérifier : « {answers} ».</translation>
        </message>
        <message>
            <source>The geometry cannot be read. Draw it again.</source>
            <translation>La géométrie ne peut pas être lue. Dessinez-la de nouveau.</translation>
        </message>
        <message>
            <source>The geometry does not lie in {crs}, the reference system of the layer. Check that of the layer.</source>
            <translation>La géométrie n'est pas dans {crs}, le système de coordonnées de la couche. Vérifiez celui de la couche.</translation>
        </message>
        <message>
            <source>The geometry is invalid ({fault}).</source>
            <translation>La géométrie est invalide ({fault}).</translation>
        </message>
        <message>
            <source>The geometry is not in longitude and latitude (EPSG:{epsg}). Draw it again.</source>
            <translation>La géométrie n’est pas en longitude et latitude (EPSG:{epsg}). Dessinez-la de nouveau.</translation>
        </message>
        <message>
            <source>The geometry of the record is empty or its coordinates are not numbers: draw it again.</source>
            <translation>La géométrie de la fiche est vide ou ses coordonnées ne sont pas des nombres : dessinez-la à nouveau.</translation>
        </message>
        <message>
            <source>The identifier “{uid}” is not one that can be sent. Draw the record again.</source>
            <translation>L’identifiant « {uid} » ne peut pas être envoyé. Saisissez la fiche de nouveau.</translation>
        </message>
        <message>
            <source>The last action that concerned this site ended on {ended}.</source>
            <translation>La dernière action qui concernait ce site s'est terminée le {ended}.</translation>
        </message>
        <message>
            <source>The law gives a quantity, not a distance: below it people cannot drink, cook, wash and clean.</source>
            <translation>La loi donne une quantité, pas une distance : en dessous, on ne peut pas boire, cuisiner, se laver et nettoyer.</translation>
        </message>
        <message>
            <source>The layer is ready: choose the animated navigation in the temporal controller.</source>
            <translation>La couche est prête : choisissez la navigation animée dans le contrôleur temporel.</translation>
        </message>
        <message>
            <source>The layer stays in edit mode: save its edits, or undo them with Ctrl+Z.</source>
            <translation>La couche reste en mode édition : enregistrez ses modifications, ou annulez-les avec Ctrl+Z.</translation>
        </message>
        <message>
            <source>The layer {layer} cannot be edited: nothing was confirmed.</source>
            <translation>La couche {layer} ne peut pas être modifiée : rien n'a été confirmé.</translation>
        </message>
        <message>
            <source>The layer {layer} has no column {column}.</source>
            <translation>La couche {layer} n’a pas de colonne {column}.</translation>
        </message>
        <message>
            <source>The layer {layer} is being edited: save or cancel its edits, then restore.</source>
            <translation>La couche {layer} est en cours d'édition : enregistrez ou annulez ses modifications, puis rétablissez.</translation>
        </message>
        <message>
            <source>The layer {layer} is no longer in the project. Open the workspace again.</source>
            <translation>La couche {layer} n'est plus dans le projet. Ouvrez de nouveau l'espace de travail.</translation>
        </message>
        <message>
            <source>The layer {layer} refuses the change: nothing was changed. Save its edits and try again.</source>
            <translation>La couche {layer} refuse la modification : rien n'a été modifié. Enregistrez ses modifications et recommencez.</translation>
        </message>
        <message>
            <source>The layer {layer} takes no geometry of the type {kind}.</source>
            <translation>La couche {layer} n’accepte pas de géométrie de type {kind}.</translation>
        </message>
        <message>
            <source>The layer “{layer}” cannot be edited in this project. Open the workspace's own project.</source>
            <translation>La couche « {layer} » n'est pas modifiable dans ce projet. Ouvrez le projet de l'espace de travail.</translation>
        </message>
        <message>
            <source>The layer “{layer}” has edits that are not saved. Save them or give them up, then try again.</source>
            <translation>La couche « {layer} » a des modifications non enregistrées. Enregistrez-les ou abandonnez-les, puis recommencez.</translation>
        </message>
        <message>
            <source>The list is in {path}.</source>
            <translation>La liste est dans {path}.</translation>
        </message>
        <message>
            <source>The log is broken from revision {number}, dated {instant}.</source>
            <translation>Le journal est rompu à partir de la révision {number}, datée du {instant}.</translation>
        </message>
        <message>
            <source>The log is broken from revision {number}: it is missing.</source>
            <translation>Le journal est rompu à partir de la révision {number} : elle manque.</translation>
        </message>
        <message>
            <source>The log is empty.</source>
            <translation>Le journal est vide.</translation>
        </message>
        <message>
            <source>The log is intact: its {count} revisions are what was written.</source>
            <translation>Le journal est intact : ses {count} révisions sont bien ce qui a été écrit.</translation>
        </message>
        <message>
            <source>The log reaches back to {day}: {entries} entries in {parts} parts, {size} MiB.</source>
            <translation>Le journal remonte au {day} : {entries} entrées, parties : {parts}, {size} Mio.</translation>
        </message>
        <message>
            <source>The log tells who changed what, with the values before: agree with your data protection officer how long it is kept. What a workspace seen in the last 90 days has not received yet is never erased.</source>
            <translation>Le journal dit qui a modifié quoi, avec les valeurs d'avant : fixez sa durée avec votre délégué à la protection des données. Ce qu'un espace de travail vu depuis moins de 90 jours n'a pas encore reçu n'est jamais effacé.</translation>
        </message>
        <message>
            <source>The login “{login}” does not administrate the shared database {where}. Use the connection of who does.</source>
            <translation>Le compte « {login} » n’administre pas la base partagée {where}. Utilisez la connexion de qui l’administre.</translation>
        </message>
        <message>
            <source>The login “{login}” has no access to the shared workspace of {where}. Its administrator has to grant it.</source>
            <translation>Le compte « {login} » n’a pas accès à l’espace partagé de {where}. Son administrateur doit le lui donner.</translation>
        </message>
        <message>
            <source>The login “{login}” may not do this at {where} ({reason}). Its administrator has to grant access.</source>
            <translation>Le compte « {login} » n’a pas ce droit sur {where} ({reason}). Son administrateur doit lui donner accès.</translation>
        </message>
        <message>
            <source>The login “{login}” may not install in the database “{database}” ({reason}). Use the login of the server's administrator, or of the owner of the database with the right to create roles (CREATEROLE).</source>
            <translation>Le compte « {login} » ne peut pas installer dans la base « {database} » ({reason}). Utilisez le compte de l’administrateur du serveur, ou celui du propriétaire de la base avec le droit de créer des rôles (CREATEROLE).</translation>
        </message>
        <message>
            <source>The logo {path} is not a picture that QGIS can read. Choose a PNG or SVG.</source>
            <translation>Le logo {path} n’est pas une image que QGIS sait lire. Choisissez un PNG ou un SVG.</translation>
        </message>
        <message>
            <source>The map cannot be written to {path}. Choose another folder, or close the program that shows the file.</source>
            <translation>La carte ne peut pas être écrite dans {path}. Choisissez un autre dossier, ou fermez le programme qui affiche le fichier.</translation>
        </message>
        <message>
            <source>The map is in {path}.</source>
            <translation>La carte est dans {path}.</translation>
        </message>
        <message>
            <source>The map {path} must end in .pdf, .png or .svg.</source>
            <translation>Le fichier de la carte {path} doit finir par .pdf, .png ou .svg.</translation>
        </message>
        <message>
            <source>The name of a project ends in .qgz or .qgs: {path} does not. Choose another name.</source>
            <translation>Le nom d’un projet finit par .qgz ou .qgs : ce n’est pas le cas de {path}. Choisissez un autre nom.</translation>
        </message>
        <message>
            <source>The name of a workspace ends in .gpkg: {path} does not. Choose another name.</source>
            <translation>Le nom d’un espace de travail finit par .gpkg : ce n’est pas le cas de {path}. Choisissez un autre nom.</translation>
        </message>
        <message>
            <source>The nearest water point of the open workspace that gives drinking water on a day, as the crow flies: a map with distance_m (metres), uid, name and state. It is NULL where there is no geometry or no such point. Edits count once they are saved.</source>
            <translation>Le point de l'espace de travail ouvert le plus proche, à vol d'oiseau, qui donne de l'eau potable un jour donné : un dictionnaire avec distance_m (mètres), uid, name (nom) et state (état). NULL sans géométrie ou sans point. Une modification compte une fois enregistrée.</translation>
        </message>
        <message>
            <source>The number of cleared sites is published: it has to follow from what was done.</source>
            <translation>Le nombre de sites résorbés est publié : il doit découler de ce qui a été fait.</translation>
        </message>
        <message>
            <source>The number of people can be multiplied by 0.01 to 100, not by {growth}.</source>
            <translation>Le nombre de personnes peut être multiplié par 0,01 à 100, pas par {growth}.</translation>
        </message>
        <message>
            <source>The number of people of the site is unknown: the people per tap cannot be told.</source>
            <translation>Le nombre d'habitants du site est inconnu : le nombre de personnes par robinet ne peut pas être établi.</translation>
        </message>
        <message>
            <source>The number of people of the site is unknown: the queue at the tap cannot be told.</source>
            <translation>Le nombre d'habitants du site est inconnu : la file d'attente au robinet ne peut pas être estimée.</translation>
        </message>
        <message>
            <source>The number of people of the site is unknown: the water of each cannot be told.</source>
            <translation>Le nombre d'habitants du site est inconnu : l'eau de chacun ne peut pas être établie.</translation>
        </message>
        <message>
            <source>The only declared source is bottles, a hydrant, a tank or water on the public road, which the platform counts as no access.</source>
            <translation>La seule source déclarée est l'achat de bouteilles, une borne incendie, une citerne ou un point sur la voie publique, que la plateforme compte comme une absence d'accès.</translation>
        </message>
        <message>
            <source>The outline crosses or touches itself near longitude {x}, latitude {y}: draw it again or repair it.</source>
            <translation>Le contour se croise ou se touche près de la longitude {x}, latitude {y} : dessinez-le à nouveau ou réparez-le.</translation>
        </message>
        <message>
            <source>The period ends before it begins: correct one of the two days.</source>
            <translation>La période finit avant de commencer : corrigez l'un des deux jours.</translation>
        </message>
        <message>
            <source>The phase “{phase}” has neither a day on which it is expected nor one on which it was completed.</source>
            <translation>La phase « {phase} » n'a ni date prévue ni date de fin.</translation>
        </message>
        <message>
            <source>The phase “{phase}” was expected on {expected}, {days} days ago, and is not completed.</source>
            <translation>La phase « {phase} » était prévue le {expected}, il y a {days} jours, et n'est pas terminée.</translation>
        </message>
        <message>
            <source>The photo {name} takes {size} MB; {limit} MB can be shared. Save it smaller and add it again.</source>
            <translation>La photo {name} pèse {size} Mo ; une photo partagée peut peser {limit} Mo. Enregistrez-la plus petite et ajoutez-la de nouveau.</translation>
        </message>
        <message>
            <source>The photo {name} was damaged on its way. It will be fetched again at the next synchronisation.</source>
            <translation>La photo {name} a été abîmée en chemin. Elle sera redemandée à la prochaine synchronisation.</translation>
        </message>
        <message>
            <source>The photo {name} was damaged on its way. It will be sent again at the next synchronisation.</source>
            <translation>La photo {name} a été abîmée en chemin. Elle sera renvoyée à la prochaine synchronisation.</translation>
        </message>
        <message>
            <source>The platform counts these sources as no access to water, whatever their distance: they are dear, unsafe, irregular or across the public road.</source>
            <translation>La plateforme compte ces sources comme une absence d'accès à l'eau, quelle que soit leur distance : elles sont chères, dangereuses, irrégulières ou sur la voie publique.</translation>
        </message>
        <message>
            <source>The platform forbids names and refuses markup; a number that reaches an inhabitant must not travel with the file.</source>
            <translation>La plateforme interdit les noms et refuse les balises ; un numéro qui permet de joindre un habitant ne doit pas voyager avec le fichier.</translation>
        </message>
        <message>
            <source>The platform refuses the record without it, and a reader cannot use the first answer.</source>
            <translation>La plateforme refuse la fiche sans elle, et le lecteur ne peut pas se servir de la première réponse.</translation>
        </message>
        <message>
            <source>The platform says that an action concerns this site, but none is written down here.</source>
            <translation>La plateforme dit qu'une action concerne ce site, mais aucune n'est notée ici.</translation>
        </message>
        <message>
            <source>The point of the site is {distance} m from usable water, for a limit of {limit} m: too close to call with the accuracy of the positions (from {lower} to {upper} m), and not measurable to the dwelling.</source>
            <translation>Le point du site est à {distance} m d'une eau utilisable, pour une limite de {limit} m : la précision des positions ne permet pas de trancher (de {lower} à {upper} m), et la distance n'est pas mesurable à l'habitation.</translation>
        </message>
        <message>
            <source>The point of the site is {distance} m from usable water; the limit is {limit} m. This is not measurable to the dwelling: draw the dwellings or the footprint.</source>
            <translation>Le point du site est à {distance} m d'une eau utilisable ; la limite est de {limit} m. Non mesurable à l'habitation : dessinez les habitations ou l'emprise.</translation>
        </message>
        <message>
            <source>The point of the site lies {distance} m outside its own footprint, for a margin of {limit} m: the accuracy of the positions does not allow to tell.</source>
            <translation>Le point du site est à {distance} m hors de sa propre emprise, pour une marge de {limit} m : la précision des positions ne permet pas de trancher.</translation>
        </message>
        <message>
            <source>The point of the site lies {distance} m outside its own footprint; the margin is {limit} m.</source>
            <translation>Le point du site est à {distance} m hors de sa propre emprise ; la marge est de {limit} m.</translation>
        </message>
        <message>
            <source>The position is 0, 0: it was not filled in.</source>
            <translation>La position est 0, 0 : elle n'a pas été renseignée.</translation>
        </message>
        <message>
            <source>The position is incomplete.</source>
            <translation>La position est incomplète.</translation>
        </message>
        <message>
            <source>The position lies far outside the workspace's territory ({departments}).</source>
            <translation>La position est très loin du territoire de l'espace de travail ({departments}).</translation>
        </message>
        <message>
            <source>The position lies in no French commune (at sea or abroad).</source>
            <translation>La position n'est dans aucune commune française (en mer ou à l'étranger).</translation>
        </message>
        <message>
            <source>The position lies in {found}, {distance} m outside the commune that the record names ({code}).</source>
            <translation>La position se trouve à {found}, à {distance} m hors de la commune indiquée par la fiche ({code}).</translation>
        </message>
        <message>
            <source>The position lies {distance} km outside the workspace's territory ({departments}).</source>
            <translation>La position est à {distance} km du territoire de l'espace de travail ({departments}).</translation>
        </message>
        <message>
            <source>The position lies {distance} m outside the commune that the record names ({code}), in {found}: within {limit} m the simplified limits cannot tell.</source>
            <translation>La position se trouve à {distance} m hors de la commune indiquée par la fiche ({code}), à {found} : à moins de {limit} m, les limites simplifiées ne permettent pas de trancher.</translation>
        </message>
        <message>
            <source>The position {longitude}, {latitude} is no longitude and latitude.</source>
            <translation>La position {longitude}, {latitude} n'est pas une longitude et une latitude.</translation>
        </message>
        <message>
            <source>The print template {path} is damaged. Install the plugin again.</source>
            <translation>Le modèle d’impression {path} est endommagé. Réinstallez l’extension.</translation>
        </message>
        <message>
            <source>The print template {path} is missing. Install the plugin again.</source>
            <translation>Le modèle d’impression {path} est introuvable. Réinstallez l’extension.</translation>
        </message>
        <message>
            <source>The project cannot be written to {path} ({reason}). Choose another folder.</source>
            <translation>Le projet ne peut pas être écrit à l’emplacement {path} ({reason}). Choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>The project cannot be written to {where} ({reason}).</source>
            <translation>Le projet ne peut pas être écrit dans {where} ({reason}).</translation>
        </message>
        <message>
            <source>The project is published: {where}</source>
            <translation>Le projet est publié : {where}</translation>
        </message>
        <message>
            <source>The project shows no workspace. Open one with Résorption → Open Workspace….</source>
            <translation>Le projet ne montre aucun espace de travail. Ouvrez-en un par Résorption → Ouvrir un espace de travail….</translation>
        </message>
        <message>
            <source>The project {path} shows no workspace. Open the workspace's .gpkg file instead.</source>
            <translation>Le projet {path} ne montre aucun espace de travail. Ouvrez plutôt le fichier .gpkg de l'espace de travail.</translation>
        </message>
        <message>
            <source>The public may read totals of departments only: choose departments or larger, or another audience.</source>
            <translation>Le public ne peut lire que des totaux par département : choisissez les départements ou plus large, ou d'autres destinataires.</translation>
        </message>
        <message>
            <source>The quotes are wrong in this line.</source>
            <translation>Les guillemets de cette ligne sont incorrects.</translation>
        </message>
        <message>
            <source>The reason is longer than {limit} characters.</source>
            <translation>Le motif dépasse {limit} caractères.</translation>
        </message>
        <message>
            <source>The record has no geometry: place it on the map.</source>
            <translation>La fiche n'a pas de géométrie : placez-la sur la carte.</translation>
        </message>
        <message>
            <source>The record is already at this place.</source>
            <translation>La fiche est déjà à cet emplacement.</translation>
        </message>
        <message>
            <source>The record is back in this workspace. As it was deleted for all, the next synchronisation asks you whether it shall live again: decide to keep yours, and synchronise.</source>
            <translation>La fiche est rétablie dans cet espace de travail. Comme elle était supprimée pour tous, la prochaine synchronisation vous demandera si elle doit revivre : décidez de garder la vôtre, puis synchronisez.</translation>
        </message>
        <message>
            <source>The record is complete to {share} %, for a least of {limit} %. Missing: {missing}.</source>
            <translation>La fiche est complète à {share} %, pour un minimum de {limit} %. Il manque : {missing}.</translation>
        </message>
        <message>
            <source>The record lies at 0,0 in the Gulf of Guinea: its coordinates are missing. Place it on the map.</source>
            <translation>La fiche est située en 0,0 dans le golfe de Guinée : ses coordonnées manquent. Placez-la sur la carte.</translation>
        </message>
        <message>
            <source>The record lies in the department {department}, outside the territory of this workspace.</source>
            <translation>La fiche est située dans le département {department}, hors du territoire de cet espace de travail.</translation>
        </message>
        <message>
            <source>The record lies outside France, at longitude {x}, latitude {y}.</source>
            <translation>La fiche est située hors de France, à la longitude {x}, latitude {y}.</translation>
        </message>
        <message>
            <source>The record lies outside France, at longitude {x}, latitude {y}: the two look exchanged.</source>
            <translation>La fiche est située hors de France, à la longitude {x}, latitude {y} : les deux semblent inversées.</translation>
        </message>
        <message>
            <source>The record that “{field}” named was deleted. Restore that one first.</source>
            <translation>La fiche désignée par « {field} » a été supprimée. Rétablissez-la d'abord.</translation>
        </message>
        <message>
            <source>The record that “{field}” points to is not in the shared database, or not any more. It goes once that one went; else choose another one.</source>
            <translation>La fiche que désigne « {field} » n'est pas, ou n'est plus, dans la base partagée. Celle-ci partira une fois l'autre partie ; sinon, choisissez-en une autre.</translation>
        </message>
        <message>
            <source>The record was last brought up to date on {updated}, more than {limit} months ago.</source>
            <translation>La fiche a été mise à jour pour la dernière fois le {updated}, il y a plus de {limit} mois.</translation>
        </message>
        <message>
            <source>The recording of {layer} was interrupted: changes before {instant} may be missing.</source>
            <translation>L'enregistrement de l'historique de {layer} a été interrompu : des modifications antérieures au {instant} peuvent manquer.</translation>
        </message>
        <message>
            <source>The reference date “{text}” is not a date: write the year, month and day as 2026-01-31.</source>
            <translation>La date de référence « {text} » n'est pas une date : écrivez l'année, le mois et le jour, par exemple 2026-01-31.</translation>
        </message>
        <message>
            <source>The reference of communes at {path} is damaged. Install the plugin again.</source>
            <translation>Le référentiel des communes {path} est endommagé. Réinstallez l'extension.</translation>
        </message>
        <message>
            <source>The reference of communes is missing at {path}. Install the plugin again.</source>
            <translation>Le référentiel des communes est introuvable à {path}. Réinstallez l'extension.</translation>
        </message>
        <message>
            <source>The rejected rows are in {path}.</source>
            <translation>Les lignes rejetées sont dans {path}.</translation>
        </message>
        <message>
            <source>The report {path} must end in .html, .xlsx or .json: these are the forms that are written.</source>
            <translation>Le nom du rapport {path} doit se terminer par .html, .xlsx ou .json : ce sont les formes écrites.</translation>
        </message>
        <message>
            <source>The report {path} must end in .json or .csv.</source>
            <translation>Le nom du rapport {path} doit finir par .json ou .csv.</translation>
        </message>
        <message>
            <source>The report {path} must end in .json, .csv or .xlsx.</source>
            <translation>Le nom du rapport {path} doit se terminer par .json, .csv ou .xlsx.</translation>
        </message>
        <message>
            <source>The return sheet is in {path}.</source>
            <translation>La fiche retour est dans {path}.</translation>
        </message>
        <message>
            <source>The return sheet is in {path}: {sites} sites, {changes} changes to enter. It holds exact positions: for the services only.</source>
            <translation>La fiche retour est dans {path} : {sites} sites, {changes} modifications à saisir. Elle contient des positions exactes : pour les services uniquement.</translation>
        </message>
        <message>
            <source>The return sheet {path} must end in {suffixes}.</source>
            <translation>Le nom de la fiche retour {path} doit se terminer par {suffixes}.</translation>
        </message>
        <message>
            <source>The row is older than the last import of this site: only its count of people is added.</source>
            <translation>La ligne est plus ancienne que le dernier import de ce site : seul son comptage est ajouté.</translation>
        </message>
        <message>
            <source>The rules of the form on answers that another answer calls for, those of the platform included.</source>
            <translation>Règles du formulaire sur les réponses qu'une autre exige, celles de la plateforme comprises.</translation>
        </message>
        <message>
            <source>The rules of the form on counts, those of the platform included.</source>
            <translation>Règles du formulaire sur les effectifs, celles de la plateforme comprises.</translation>
        </message>
        <message>
            <source>The rules of the form on dates, those of the platform included; the day of the run is today.</source>
            <translation>Règles du formulaire sur les dates, celles de la plateforme comprises ; le jour du contrôle est « aujourd'hui ».</translation>
        </message>
        <message>
            <source>The same water point is already in line {line}.</source>
            <translation>Le même point d'eau figure déjà à la ligne {line}.</translation>
        </message>
        <message>
            <source>The selected change</source>
            <translation>La modification sélectionnée</translation>
        </message>
        <message>
            <source>The server answers.</source>
            <translation>Le serveur répond.</translation>
        </message>
        <message>
            <source>The server has it: it comes back at the next synchronisation.</source>
            <translation>Le serveur l'a : il revient à la prochaine synchronisation.</translation>
        </message>
        <message>
            <source>The server is on this computer: nothing travels on the network.</source>
            <translation>Le serveur est sur cet ordinateur : rien ne circule sur le réseau.</translation>
        </message>
        <message>
            <source>The server runs PostgreSQL {version}; version {oldest} or newer is needed. Its administrator has to upgrade it.</source>
            <translation>Le serveur est en PostgreSQL {version} ; il faut la version {oldest} ou plus récente. Son administrateur doit le mettre à niveau.</translation>
        </message>
        <message>
            <source>The server {where} can only be read: it is a copy, or it is just taking over. Try again in a moment; if this lasts, tell its administrator.</source>
            <translation>Le serveur {where} ne peut être que lu : c’est une copie, ou il est en train de prendre le relais. Recommencez dans un instant ; si cela dure, prévenez son administrateur.</translation>
        </message>
        <message>
            <source>The server {where} does not answer. Check the network or the VPN, then try again; if others do not reach it either, tell its administrator.</source>
            <translation>Le serveur {where} ne répond pas. Vérifiez le réseau ou le VPN, puis recommencez ; si personne ne le joint, prévenez son administrateur.</translation>
        </message>
        <message>
            <source>The server {where} does not let the login “{login}” connect from this computer, or not in this manner. Its administrator has to allow it (pg_hba.conf).</source>
            <translation>Le serveur {where} ne laisse pas le compte « {login} » se connecter depuis cet ordinateur, ou pas de cette manière. Son administrateur doit l’autoriser (pg_hba.conf).</translation>
        </message>
        <message>
            <source>The server {where} has no room left ({reason}): nothing was written. Tell its administrator.</source>
            <translation>Le serveur {where} n’a plus de place ({reason}) : rien n’a été écrit. Prévenez son administrateur.</translation>
        </message>
        <message>
            <source>The server {where} is not known on this network. Check the network or the VPN, then its name in the connection.</source>
            <translation>Le serveur {where} n’est pas connu sur ce réseau. Vérifiez le réseau ou le VPN, puis son nom dans la connexion.</translation>
        </message>
        <message>
            <source>The server {where} is stopping or starting. Try again in a moment.</source>
            <translation>Le serveur {where} s’arrête ou démarre. Recommencez dans un instant.</translation>
        </message>
        <message>
            <source>The server {where} knows no such login, or it has no access ({reason}). Correct its name, or have it made first (CREATE ROLE … LOGIN).</source>
            <translation>Le serveur {where} ne connaît pas ce compte, ou il n’a aucun accès ({reason}). Corrigez son nom, ou faites-le d’abord créer (CREATE ROLE … LOGIN).</translation>
        </message>
        <message>
            <source>The server {where} offers no secure connection. Its administrator has to switch TLS on.</source>
            <translation>Le serveur {where} ne propose pas de connexion chiffrée. Son administrateur doit activer TLS.</translation>
        </message>
        <message>
            <source>The server {where} refuses the connection ({reason}). Ask its administrator.</source>
            <translation>Le serveur {where} refuse la connexion ({reason}). Demandez à son administrateur.</translation>
        </message>
        <message>
            <source>The server {where} refuses the login “{login}” or its password. Correct them in the connection; the administrator can give another password.</source>
            <translation>Le serveur {where} refuse le compte « {login} » ou son mot de passe. Corrigez-les dans la connexion ; l’administrateur peut donner un autre mot de passe.</translation>
        </message>
        <message>
            <source>The server {where} refuses what was asked ({reason}). Tell its administrator.</source>
            <translation>Le serveur {where} refuse ce qui est demandé ({reason}). Prévenez son administrateur.</translation>
        </message>
        <message>
            <source>The server {where} takes no more connections for now. Try again in a moment; if this lasts, its administrator has to allow more.</source>
            <translation>Le serveur {where} n’accepte plus de connexions pour l’instant. Recommencez dans un instant ; si cela dure, son administrateur doit en autoriser davantage.</translation>
        </message>
        <message>
            <source>The server {where} took too long: what was asked was given up. Try again; if this lasts, tell its administrator.</source>
            <translation>Le serveur {where} a mis trop longtemps : la demande a été abandonnée. Recommencez ; si cela dure, prévenez son administrateur.</translation>
        </message>
        <message>
            <source>The shared database cannot be used now ({reason}). Try again later; your changes wait here.</source>
            <translation>La base partagée ne peut pas servir pour l’instant ({reason}). Recommencez plus tard ; vos modifications attendent ici.</translation>
        </message>
        <message>
            <source>The shared database did not take the decision: {reason}</source>
            <translation>La base partagée n’a pas accepté la décision : {reason}</translation>
        </message>
        <message>
            <source>The shared database does not keep what was written before {instant}.</source>
            <translation>La base partagée ne garde plus ce qui a été écrit avant le {instant}.</translation>
        </message>
        <message>
            <source>The shared database does not know the field “{field}”: it is older than this plugin. Its administrator has to upgrade it; the record goes then.</source>
            <translation>La base partagée ne connaît pas le champ « {field} » : elle est plus ancienne que cette extension. C'est à son administrateur de la mettre à niveau ; la fiche partira alors.</translation>
        </message>
        <message>
            <source>The shared database does not know this kind of record: it is older than this plugin. Its administrator has to upgrade it; the record goes then.</source>
            <translation>La base partagée ne connaît pas ce type de fiche : elle est plus ancienne que cette extension. C'est à son administrateur de la mettre à niveau ; la fiche partira alors.</translation>
        </message>
        <message>
            <source>The shared database has not been copied here yet: synchronise.</source>
            <translation>La base partagée n'a pas encore été copiée ici : synchronisez.</translation>
        </message>
        <message>
            <source>The shared database is not installed here. Its administrator has to install it.</source>
            <translation>La base partagée n'est pas installée ici. C'est à son administrateur de l'installer.</translation>
        </message>
        <message>
            <source>The shared database is older than this plugin ({reason}). Ask its administrator to upgrade it; your changes wait here.</source>
            <translation>La base partagée est plus ancienne que cette extension ({reason}). Demandez à son administrateur de la mettre à niveau ; vos modifications attendent ici.</translation>
        </message>
        <message>
            <source>The shared database is up to date.</source>
            <translation>La base partagée est à jour.</translation>
        </message>
        <message>
            <source>The shared database needs a newer version of the plugin ({reason}). Update the plugin; your changes wait here.</source>
            <translation>La base partagée demande une version plus récente de l’extension ({reason}). Mettez l’extension à jour ; vos modifications attendent ici.</translation>
        </message>
        <message>
            <source>The shared database needs a newer workspace ({reason}). Open this one again so that it is upgraded; your changes wait in it.</source>
            <translation>La base partagée demande un espace de travail plus récent ({reason}). Rouvrez celui-ci pour qu’il soit mis à niveau ; vos modifications y attendent.</translation>
        </message>
        <message>
            <source>The shared database refuses a photo ({reason}). Synchronise again; if this lasts, tell its administrator.</source>
            <translation>La base partagée refuse une photo ({reason}). Synchronisez de nouveau ; si cela dure, prévenez son administrateur.</translation>
        </message>
        <message>
            <source>The shared database refuses it for a reason that this plugin does not know ({reason}). Export the list and give it to the administrator.</source>
            <translation>La base partagée la refuse pour un motif que cette extension ne connaît pas ({reason}). Exportez la liste et donnez-la à l'administrateur.</translation>
        </message>
        <message>
            <source>The shared database will not get what waits here: {left}.</source>
            <translation>La base partagée n'aura pas ce qui attend ici : {left}.</translation>
        </message>
        <message>
            <source>The shared database {where} has to be read again from the beginning. Synchronise again: your edits are kept.</source>
            <translation>La base partagée {where} doit être relue depuis le début. Synchronisez de nouveau : vos modifications sont gardées.</translation>
        </message>
        <message>
            <source>The sheet “{name}” is not read.</source>
            <translation>La feuille « {name} » n'est pas lue.</translation>
        </message>
        <message>
            <source>The site is declared as cleared, but its solutions, or the people of each, are not written down: {limit} % cannot be verified.</source>
            <translation>Le site est déclaré résorbé, mais ses orientations, ou les personnes de chacune, ne sont pas notées : les {limit} % ne peuvent pas être vérifiés.</translation>
        </message>
        <message>
            <source>The site is declared as cleared, but {share} % of its people got a long-term solution; the least is {limit} %.</source>
            <translation>Le site est déclaré résorbé, mais {share} % de ses habitants ont eu une solution pérenne ; le minimum est de {limit} %.</translation>
        </message>
        <message>
            <source>The site is declared as not cleared, but {share} % of its people got a long-term solution; {limit} % is enough.</source>
            <translation>Le site est déclaré non résorbé, mais {share} % de ses habitants ont eu une solution pérenne ; {limit} % suffisent.</translation>
        </message>
        <message>
            <source>The site is to be cleared this year ({year}), and is still open.</source>
            <translation>Le site est à résorber cette année ({year}), et existe toujours.</translation>
        </message>
        <message>
            <source>The site was reported on {declared}, {days} days ago, and no social diagnostic is planned.</source>
            <translation>Le site a été signalé le {declared}, il y a {days} jours, et aucun diagnostic social n'est prévu.</translation>
        </message>
        <message>
            <source>The site was reported on {declared}, {days} days ago, and nobody said whether there was a social diagnostic.</source>
            <translation>Le site a été signalé le {declared}, il y a {days} jours, et personne n'a dit s'il y a eu un diagnostic social.</translation>
        </message>
        <message>
            <source>The site was reported on {declared}, {days} days ago, and the social diagnostic is not done yet.</source>
            <translation>Le site a été signalé le {declared}, il y a {days} jours, et le diagnostic social n'est pas encore réalisé.</translation>
        </message>
        <message>
            <source>The site was to be cleared in {year}, and is still open.</source>
            <translation>Le site devait être résorbé en {year}, et existe toujours.</translation>
        </message>
        <message>
            <source>The sites {first} and {second} are {distance} m apart, for a limit of {limit} m, less than the accuracy of their positions allows to tell.</source>
            <translation>Les sites {first} et {second} sont à {distance} m l'un de l'autre, pour une limite de {limit} m : la précision de leurs positions ne permet pas de trancher.</translation>
        </message>
        <message>
            <source>The sites {first} and {second} are {distance} m apart: the same site entered twice?</source>
            <translation>Les sites {first} et {second} sont à {distance} m l'un de l'autre : le même site saisi deux fois ?</translation>
        </message>
        <message>
            <source>The source declared on the site, by the platform's rule (form of 2022), beside the water points usable on the reference date within the distance limit of one of its dwellings.</source>
            <translation>La source déclarée sur le site, selon la règle de la plateforme (formulaire de 2022), confrontée aux points d'eau utilisables à la date de référence dans la limite de distance d'une de ses habitations.</translation>
        </message>
        <message>
            <source>The source is not declared, and every usable water point within {limit} m is a fountain, a hydrant, a tank or on the public road: ask how the inhabitants get water.</source>
            <translation>La source n'est pas déclarée, et tous les points d'eau utilisables à moins de {limit} m sont des fontaines, des bornes incendie, des citernes ou sur la voie publique : demandez comment les habitants ont accès à l'eau.</translation>
        </message>
        <message>
            <source>The step {name} of the installation is not the one this database was made with: nothing was changed. Install the released plugin again; if this remains, somebody altered the database or the plugin.</source>
            <translation>L’étape {name} de l’installation n’est pas celle qui a servi à créer cette base : rien n’a été modifié. Réinstallez l’extension publiée ; si cela persiste, quelqu’un a modifié la base ou l’extension.</translation>
        </message>
        <message>
            <source>The style {path} of the plugin is damaged ({reason}). Install the plugin again.</source>
            <translation>Le style {path} de l’extension est endommagé ({reason}). Réinstallez l’extension.</translation>
        </message>
        <message>
            <source>The tap is there, but nobody answered: “{faults}”.</source>
            <translation>Le robinet est là, mais ces questions sont sans réponse : « {faults} ».</translation>
        </message>
        <message>
            <source>The tool {name} is not installed. Install the plugin again.</source>
            <translation>L'outil {name} n'est pas installé. Installez de nouveau l'extension.</translation>
        </message>
        <message>
            <source>The two records are apart again.</source>
            <translation>Les deux fiches sont de nouveau séparées.</translation>
        </message>
        <message>
            <source>The two records are one. “Undo merge” takes it back.</source>
            <translation>Les deux fiches n'en font plus qu'une. « Défaire la fusion » permet de revenir en arrière.</translation>
        </message>
        <message>
            <source>The upgrade of {path} would part records from those they belong to: nothing was changed. Send the file to whoever maintains the plugin.</source>
            <translation>La mise à niveau de {path} séparerait des fiches de celles dont elles dépendent : rien n’a été modifié. Envoyez le fichier à qui maintient l’extension.</translation>
        </message>
        <message>
            <source>The value cannot come back beside the others as they are now: {reason}</source>
            <translation>Cette valeur ne va plus avec les autres valeurs de la fiche : {reason}</translation>
        </message>
        <message>
            <source>The value decided on “{name}” is given up; nothing else keeps it (“Export the List…” writes it to a file).</source>
            <translation>La valeur décidée sur « {name} » est abandonnée ; rien d'autre ne la garde (« Exporter la liste… » l'écrit dans un fichier).</translation>
        </message>
        <message>
            <source>The value is back in the open edit of {layer}. Save it, or undo it.</source>
            <translation>La valeur est rétablie dans l'édition en cours de {layer}. Enregistrez-la, ou annulez-la.</translation>
        </message>
        <message>
            <source>The value of “{field}” is not one that the shared database takes. Correct it in the form.</source>
            <translation>La base partagée n'accepte pas la valeur de « {field} ». Corrigez-la dans le formulaire.</translation>
        </message>
        <message>
            <source>The values of the selected record</source>
            <translation>Les valeurs de la fiche sélectionnée</translation>
        </message>
        <message>
            <source>The values of this record are kept on the server, for you and the administrators alone. What you wrote stays in your workspace: giving it up is another button.</source>
            <translation>Les valeurs de cette fiche sont gardées sur le serveur, pour vous et les administrateurs seulement. Ce que vous avez écrit reste dans votre espace de travail : l'abandonner est un autre bouton.</translation>
        </message>
        <message>
            <source>The view {view} of another program rests on the schema app, which is made anew: nothing was changed. Drop it, upgrade, then make it again; better, let it rest on the tables of the schema resorption.</source>
            <translation>La vue {view} d’un autre logiciel s’appuie sur le schéma app, qui est refait : rien n’a été modifié. Supprimez-la, mettez à niveau, puis refaites-la ; mieux, appuyez-la sur les tables du schéma resorption.</translation>
        </message>
        <message>
            <source>The water of {point}, used by {sites}, is said to be drinkable, but the date of the test is unknown.</source>
            <translation>L'eau de {point}, utilisé par {sites}, est déclarée potable, mais la date de l'analyse est inconnue.</translation>
        </message>
        <message>
            <source>The water of {point}, used by {sites}, was last tested on {tested}, more than {limit} months ago.</source>
            <translation>L'eau de {point}, utilisé par {sites}, a été analysée pour la dernière fois le {tested}, il y a plus de {limit} mois.</translation>
        </message>
        <message>
            <source>The water points are in {path}.</source>
            <translation>Les points d’eau sont dans {path}.</translation>
        </message>
        <message>
            <source>The water points selected on the map fail</source>
            <translation>Les points d'eau sélectionnés sur la carte sont en panne</translation>
        </message>
        <message>
            <source>The water points {first} and {second} are {distance} m apart, for a limit of {limit} m, less than the accuracy of their positions allows to tell.</source>
            <translation>Les points d'eau {first} et {second} sont à {distance} m l'un de l'autre, pour une limite de {limit} m : la précision de leurs positions ne permet pas de trancher.</translation>
        </message>
        <message>
            <source>The water points {first} and {second} are {distance} m apart: the same point entered twice?</source>
            <translation>Les points d'eau {first} et {second} sont à {distance} m l'un de l'autre : le même point saisi deux fois ?</translation>
        </message>
        <message>
            <source>The workspace becomes an ordinary file again, with all its records. A copy is made beside it before.</source>
            <translation>L'espace de travail redevient un fichier ordinaire, avec toutes ses fiches. Une copie en est faite à côté auparavant.</translation>
        </message>
        <message>
            <source>The workspace cannot be copied to {path} ({reason}): nothing was changed. Free some space.</source>
            <translation>L’espace de travail ne peut pas être copié dans {path} ({reason}) : rien n’a été modifié. Libérez de la place.</translation>
        </message>
        <message>
            <source>The workspace cannot be written to {path} ({reason}). Choose another folder.</source>
            <translation>L’espace de travail ne peut pas être écrit à l’emplacement {path} ({reason}). Choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>The workspace changed since the preview. Preview again, then import.</source>
            <translation>L'espace de travail a changé depuis l'aperçu. Refaites l'aperçu, puis importez.</translation>
        </message>
        <message>
            <source>The workspace has no territory of the level “{level}”, or it would add metropole and overseas up: choose another level.</source>
            <translation>L'espace de travail n'a aucun territoire du niveau « {level} », ou il additionnerait la métropole et l'outre-mer : choisissez un autre niveau.</translation>
        </message>
        <message>
            <source>The workspace held no site then.</source>
            <translation>L'espace de travail ne contenait alors aucun site.</translation>
        </message>
        <message>
            <source>The workspace is one GeoPackage file; its QGIS project is made beside it. Choose a folder of this computer, not a network drive.</source>
            <translation>L'espace de travail est un seul fichier GeoPackage ; son projet QGIS est créé à côté. Choisissez un dossier de cet ordinateur, pas un lecteur réseau.</translation>
        </message>
        <message>
            <source>The workspace is upgraded. As it was before, it is kept in {copy}.</source>
            <translation>L’espace de travail est à niveau. Tel qu’il était avant, il est gardé dans {copy}.</translation>
        </message>
        <message>
            <source>The workspace was not detached: {to_send} records are not sent, {conflicts} contradictions are to be decided, {quarantined} records are set aside. Synchronise first, or detach anyway.</source>
            <translation>L’espace de travail n’a pas été détaché : {to_send} fiches ne sont pas envoyées, {conflicts} contradictions sont à décider, {quarantined} fiches sont mises de côté. Synchronisez d’abord, ou détachez quand même.</translation>
        </message>
        <message>
            <source>The workspace {path} cannot be read ({reason}). Check the permissions of the file.</source>
            <translation>L’espace de travail {path} ne peut pas être lu ({reason}). Vérifiez les droits sur le fichier.</translation>
        </message>
        <message>
            <source>The workspace {path} cannot be used ({reason}): nothing was written.</source>
            <translation>L’espace de travail {path} ne peut pas être utilisé ({reason}) : rien n’a été écrit.</translation>
        </message>
        <message>
            <source>The workspace {path} is being written by another program: nothing was changed. Save or cancel the edits there, then try again.</source>
            <translation>L’espace de travail {path} est en cours d’écriture par un autre programme : rien n’a été modifié. Enregistrez ou annulez les modifications dans ce programme, puis recommencez.</translation>
        </message>
        <message>
            <source>The workspace {path} is damaged or was cut short while being copied. Take it again from a backup.</source>
            <translation>L’espace de travail {path} est endommagé ou sa copie a été interrompue. Reprenez-le dans une sauvegarde.</translation>
        </message>
        <message>
            <source>The workspace {path} is locked by another job: nothing was changed. Try again later.</source>
            <translation>L’espace de travail {path} est verrouillé par une autre tâche : rien n’a été modifié. Recommencez plus tard.</translation>
        </message>
        <message>
            <source>The workspace {path} is not attached to a shared database. Attach it first.</source>
            <translation>L’espace de travail {path} n’est pas rattaché à une base partagée. Rattachez-le d’abord.</translation>
        </message>
        <message>
            <source>The workspace {path} is read-only: nothing was written. Remove the protection, or copy it to a folder of yours.</source>
            <translation>L’espace de travail {path} est en lecture seule : rien n’a été écrit. Retirez la protection, ou copiez-le dans un dossier à vous.</translation>
        </message>
        <message>
            <source>The workspace {path} lacks {missing} in the layer {layer}. Take it again from a backup.</source>
            <translation>Il manque {missing} dans la couche {layer} de l’espace de travail {path}. Reprenez-le dans une sauvegarde.</translation>
        </message>
        <message>
            <source>The workspace {path} remembers no connection. Give the one with which it was attached.</source>
            <translation>L’espace de travail {path} ne se souvient d’aucune connexion. Donnez celle avec laquelle il a été rattaché.</translation>
        </message>
        <message>
            <source>The workspace {path} was made by a newer version of the plugin: it was left as it is. Update the plugin to open it.</source>
            <translation>L’espace de travail {path} a été créé par une version plus récente de l’extension : il a été laissé tel quel. Mettez l’extension à jour pour l’ouvrir.</translation>
        </message>
        <message>
            <source>The workspace {path} was made by an older version of the plugin (data {version}, this one needs {needed}): it was left as it is. To upgrade it, open it with “Open Workspace…”, or run the tool “Upgrade a workspace” (resorption:upgradeworkspace).</source>
            <translation>L’espace de travail {path} a été créé par une version plus ancienne de l’extension (données {version}, celle-ci demande {needed}) : il a été laissé tel quel. Pour le mettre à niveau, ouvrez-le par « Ouvrir un espace de travail… », ou lancez le traitement « Mettre à niveau un espace de travail » (resorption:upgradeworkspace).</translation>
        </message>
        <message>
            <source>The workspace {path} was made by an older version that this plugin cannot read any more.</source>
            <translation>L’espace de travail {path} a été créé par une version ancienne que cette extension ne sait plus lire.</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Thème</translation>
        </message>
        <message>
            <source>There are existing sites within {limit} m: {sites}. Is it the same one?</source>
            <translation>Des sites existent à moins de {limit} m : {sites}. Est-ce le même ?</translation>
        </message>
        <message>
            <source>There are existing sites within {limit} m: {sites}. Is it the same one? Open it instead.</source>
            <translation>Des sites existent à moins de {limit} m : {sites}. Est-ce le même ? Ouvrez-le plutôt.</translation>
        </message>
        <message>
            <source>There is already a file at {path}. Choose another name.</source>
            <translation>Il y a déjà un fichier {path}. Choisissez un autre nom.</translation>
        </message>
        <message>
            <source>There is already a file at {path}: it was left as it is. Choose another name for the workspace.</source>
            <translation>Il y a déjà un fichier à l’emplacement {path} : il n’a pas été modifié. Choisissez un autre nom pour l’espace de travail.</translation>
        </message>
        <message>
            <source>There is already a file at {path}: the map will replace it.</source>
            <translation>Il y a déjà un fichier à l'emplacement {path} : la carte le remplacera.</translation>
        </message>
        <message>
            <source>There is already a project at {path}: it was left as it is. Choose another name for the project.</source>
            <translation>Il y a déjà un projet à l’emplacement {path} : il n’a pas été modifié. Choisissez un autre nom pour le projet.</translation>
        </message>
        <message>
            <source>There is already a project “{name}” in the database: it was left as it is. Give another name, or have it replaced.</source>
            <translation>La base a déjà un projet « {name} » : il est resté tel quel. Donnez un autre nom, ou faites-le remplacer.</translation>
        </message>
        <message>
            <source>There is no PostgreSQL connection “{name}” in this profile of QGIS. Make it in the browser panel, or give service=…, authcfg=… or parameters such as host=… dbname=… user=….</source>
            <translation>Il n’y a pas de connexion PostgreSQL « {name} » dans ce profil de QGIS. Créez-la dans l’explorateur, ou donnez service=…, authcfg=… ou des paramètres tels que host=… dbname=… user=….</translation>
        </message>
        <message>
            <source>There is no authentication “{identifier}” in this profile of QGIS. Make it in Settings → Options → Authentication, and give its identifier in the connection.</source>
            <translation>Il n’y a pas d’authentification « {identifier} » dans ce profil de QGIS. Créez-la dans Préférences → Options → Authentification, et donnez son identifiant dans la connexion.</translation>
        </message>
        <message>
            <source>There is no check {unknown}. The checks are: {known}.</source>
            <translation>Aucun contrôle ne porte le code {unknown}. Les contrôles sont : {known}.</translation>
        </message>
        <message>
            <source>There is no column “{name}”. There are: {columns}.</source>
            <translation>Il n'y a pas de colonne « {name} ». Colonnes présentes : {columns}.</translation>
        </message>
        <message>
            <source>There is no commune with the INSEE code {code}; the position lies in {found}.</source>
            <translation>Aucune commune n'a le code INSEE {code} ; la position se trouve à {found}.</translation>
        </message>
        <message>
            <source>There is no commune with the INSEE code “{code}”. It has five characters, such as 31555 or 2A004.</source>
            <translation>Aucune commune n'a le code INSEE « {code} ». Il comporte cinq caractères, par exemple 31555 ou 2A004.</translation>
        </message>
        <message>
            <source>There is no database “{database}” on the server {where}, or the login may not connect to it. Correct its name in the connection, or ask the administrator.</source>
            <translation>Il n’y a pas de base « {database} » sur le serveur {where}, ou le compte ne peut pas s’y connecter. Corrigez son nom dans la connexion, ou demandez à l’administrateur.</translation>
        </message>
        <message>
            <source>There is no department “{code}”. Expected a code such as 01 to 95, 2A, 2B, 971 to 974 or 976.</source>
            <translation>Aucun département n'a le code « {code} ». Codes attendus : 01 à 95, 2A, 2B, 971 à 974 ou 976.</translation>
        </message>
        <message>
            <source>There is no earlier value to restore. Choose a line where a field changed.</source>
            <translation>Il n'y a pas de valeur antérieure à rétablir. Choisissez une ligne où un champ a changé.</translation>
        </message>
        <message>
            <source>There is no field “{name}” to fill. There are: {offered}.</source>
            <translation>Il n'y a pas de champ « {name} » à remplir. Champs possibles : {offered}.</translation>
        </message>
        <message>
            <source>There is no file {path}. Check its name and folder.</source>
            <translation>Le fichier {path} n'existe pas. Vérifiez son nom et son dossier.</translation>
        </message>
        <message>
            <source>There is no folder {folder}. Create it, or choose another one.</source>
            <translation>Le dossier {folder} n’existe pas. Créez-le, ou choisissez-en un autre.</translation>
        </message>
        <message>
            <source>There is no indicator {wanted}. The page Indicateurs lists them.</source>
            <translation>Il n'y a pas d'indicateur {wanted}. La page Indicateurs en donne la liste.</translation>
        </message>
        <message>
            <source>There is no position.</source>
            <translation>Il n'y a pas de position.</translation>
        </message>
        <message>
            <source>There is no right “{name}”. Expected one of: {known}.</source>
            <translation>Il n’y a pas de droit « {name} ». Attendu : {known}.</translation>
        </message>
        <message>
            <source>There is no service “{service}” in the file pg_service.conf of this computer. Add it, or correct the name in the connection.</source>
            <translation>Il n’y a pas de service « {service} » dans le fichier pg_service.conf de cet ordinateur. Ajoutez-le, ou corrigez le nom dans la connexion.</translation>
        </message>
        <message>
            <source>There is no water point {uids} in the workspace.</source>
            <translation>Il n'y a pas de point d'eau {uids} dans l'espace de travail.</translation>
        </message>
        <message>
            <source>There is no workspace at {path}. Choose an existing .gpkg file or create a new workspace.</source>
            <translation>Il n’y a pas d’espace de travail à l’emplacement {path}. Choisissez un fichier .gpkg existant ou créez un espace de travail.</translation>
        </message>
        <message>
            <source>There may be barriers to cross on the way to {point}, within {limit} m: up to {most}. The accuracy of the positions or a gap in the streets does not allow to tell.</source>
            <translation>Il y a peut-être des obstacles à franchir vers {point}, à moins de {limit} m : jusqu'à {most}. La précision des positions ou une lacune dans les voies ne permet pas de trancher.</translation>
        </message>
        <message>
            <source>These rows may be about a site of the workspace. Say which one in the last column; a row without answer is not imported.</source>
            <translation>Ces lignes concernent peut-être un site de l'espace de travail. Dites lequel dans la dernière colonne ; une ligne sans réponse n'est pas importée.</translation>
        </message>
        <message>
            <source>They see the exact position of every site, with the water points. Not to be passed on.</source>
            <translation>Les services voient la position exacte de chaque site, avec les points d'eau. À ne pas diffuser.</translation>
        </message>
        <message>
            <source>This column is none of the platform's: it is left out.</source>
            <translation>Cette colonne n'est pas de la plateforme : elle est laissée de côté.</translation>
        </message>
        <message>
            <source>This contradiction is no more to be decided: somebody has settled it. Look at the list again.</source>
            <translation>Cette contradiction n’est plus à décider : quelqu’un l’a réglée. Regardez la liste de nouveau.</translation>
        </message>
        <message>
            <source>This database was upgraded by a newer version of the plugin ({version}, step {name}): nothing was changed. Update the plugin on this computer first.</source>
            <translation>Cette base a été mise à niveau par une version plus récente de l’extension ({version}, étape {name}) : rien n’a été modifié. Mettez d’abord à jour l’extension de cet ordinateur.</translation>
        </message>
        <message>
            <source>This decision is being sent: it cannot be taken back any more. Synchronise, then change the record.</source>
            <translation>Cette décision est en cours d’envoi : elle ne peut plus être reprise. Synchronisez, puis modifiez la fiche.</translation>
        </message>
        <message>
            <source>This feature has no column {column}: {function} takes a feature of the layer of sites.</source>
            <translation>Cette entité n'a pas de colonne {column} : {function} prend une entité de la couche des bidonvilles.</translation>
        </message>
        <message>
            <source>This file is imported. Choose another one, or close.</source>
            <translation>Ce fichier est importé. Choisissez-en un autre, ou fermez.</translation>
        </message>
        <message>
            <source>This finding is about the check itself, not about a record: see the log.</source>
            <translation>Ce constat porte sur le contrôle lui-même, non sur une fiche : voir le journal.</translation>
        </message>
        <message>
            <source>This finding is already resolved: there is nothing to accept.</source>
            <translation>Ce constat est déjà résolu : il n'y a rien à accepter.</translation>
        </message>
        <message>
            <source>This footprint belongs to no site of the workspace: give it to its site, or delete it.</source>
            <translation>Cette emprise n'appartient à aucun site de l'espace de travail : rattachez-la à son site, ou supprimez-la.</translation>
        </message>
        <message>
            <source>This is not a drinking fountain nor a tap.</source>
            <translation>Ce n'est ni une fontaine à boire ni un robinet.</translation>
        </message>
        <message>
            <source>This is not among what was handed over at {where} any more. Read the list again.</source>
            <translation>Ceci n'est plus parmi ce qui a été remis à {where}. Relisez la liste.</translation>
        </message>
        <message>
            <source>This is your own access.</source>
            <translation>C'est votre propre accès.</translation>
        </message>
        <message>
            <source>This record alone is larger than what can be sent at once. Shorten its texts.</source>
            <translation>Cette fiche est à elle seule plus grande que ce qui peut être envoyé en une fois. Raccourcissez ses textes.</translation>
        </message>
        <message>
            <source>This record had no place then. Delete its place on the map instead.</source>
            <translation>Cette fiche n'avait alors pas d'emplacement. Supprimez plutôt son emplacement sur la carte.</translation>
        </message>
        <message>
            <source>This record has been deleted since. Run the checks again.</source>
            <translation>Cette fiche a été supprimée depuis. Relancez les contrôles.</translation>
        </message>
        <message>
            <source>This record is no more set aside. Look at the list again.</source>
            <translation>Cette fiche n’est plus mise de côté. Regardez la liste de nouveau.</translation>
        </message>
        <message>
            <source>This record is not saved yet: it has no history.</source>
            <translation>Cette fiche n'est pas encore enregistrée : elle n'a pas d'historique.</translation>
        </message>
        <message>
            <source>This record is there again: nothing has to be restored.</source>
            <translation>Cette fiche existe de nouveau : il n'y a rien à rétablir.</translation>
        </message>
        <message>
            <source>This record was deleted since. Restore the record first: the line of its deletion.</source>
            <translation>Cette fiche a été supprimée depuis. Rétablissez d'abord la fiche : la ligne de sa suppression.</translation>
        </message>
        <message>
            <source>This record went to an area that you may not read, while it was edited here. It stays in this workspace only: export it for whoever follows it now, then discard it.</source>
            <translation>Cette fiche est passée dans un territoire que vous ne pouvez pas lire, alors qu’elle était modifiée ici. Elle ne reste que dans cet espace de travail : exportez-la pour qui la suit désormais, puis abandonnez-la.</translation>
        </message>
        <message>
            <source>This server is a copy that can only be read. Install on the main server.</source>
            <translation>Ce serveur est une copie qui ne peut être que lue. Installez sur le serveur principal.</translation>
        </message>
        <message>
            <source>This server is a copy that can only be read: give the address of the main one too.</source>
            <translation>Ce serveur est une copie en lecture seule : donnez aussi l'adresse du serveur principal.</translation>
        </message>
        <message>
            <source>This site is closed: only an existing site can be confirmed as unchanged.</source>
            <translation>Ce site est fermé : seul un site existant peut être confirmé sans changement.</translation>
        </message>
        <message>
            <source>This site: {site}</source>
            <translation>Ce site : {site}</translation>
        </message>
        <message>
            <source>This workspace does not hold the record: it was deleted, or comes with the next exchange.</source>
            <translation>Cet espace de travail n'a pas cette fiche : elle a été supprimée, ou arrivera au prochain échange.</translation>
        </message>
        <message>
            <source>This workspace does not hold the record: it was deleted, or has not been received yet. Synchronise, or restore the record first: the line of its deletion.</source>
            <translation>Cet espace de travail n'a pas cette fiche : elle a été supprimée, ou n'est pas encore reçue. Synchronisez, ou rétablissez d'abord la fiche : la ligne de sa suppression.</translation>
        </message>
        <message>
            <source>This workspace is attached already ({left}). It goes on from where it was.</source>
            <translation>Cet espace de travail est déjà rattaché ({left}). L'échange reprend là où il en était.</translation>
        </message>
        <message>
            <source>This workspace is on this computer only. Shared, it exchanges its records with a database of your service: colleagues complete the same sites, each on their own computer, with or without network, and you see what goes and what comes before every exchange. To begin, choose a connection.</source>
            <translation>Cet espace de travail n'est que sur cet ordinateur. Partagé, il échange ses fiches avec une base de votre service : des collègues complètent les mêmes sites, chacun sur son ordinateur, avec ou sans réseau, et vous voyez ce qui part et ce qui arrive avant chaque échange. Pour commencer, choisissez une connexion.</translation>
        </message>
        <message>
            <source>This workspace still holds the record: nothing has to be restored. Synchronise to know more.</source>
            <translation>Cet espace de travail a encore cette fiche : il n'y a rien à rétablir. Synchronisez pour en savoir plus.</translation>
        </message>
        <message>
            <source>This workspace, or the file of which it is a copy, speaks to {where} in the name of another login than “{login}”. Use the connection with which it was attached; else detach it and attach it again. Everybody attaches a file of their own, not a copy of somebody else's.</source>
            <translation>Cet espace de travail, ou le fichier dont il est une copie, parle à {where} au nom d’un autre compte que « {login} ». Reprenez la connexion du rattachement ; sinon, détachez-le, puis rattachez-le. Chacun rattache son propre fichier, pas la copie de celui d’un autre.</translation>
        </message>
        <message>
            <source>Tick one department, or several that work together</source>
            <translation>Cochez un département, ou plusieurs qui travaillent ensemble</translation>
        </message>
        <message>
            <source>Tick the department you work on.</source>
            <translation>Cochez votre département.</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Au</translation>
        </message>
        <message>
            <source>To add: {added}, to change: {changed}, unchanged: {unchanged}, rejected: {rejected}. Nothing is written yet.</source>
            <translation>À ajouter : {added}, à modifier : {changed}, inchangés : {unchanged}, rejetés : {rejected}. Rien n'est encore écrit.</translation>
        </message>
        <message>
            <source>To close</source>
            <translation>À fermer</translation>
        </message>
        <message>
            <source>To create</source>
            <translation>À créer</translation>
        </message>
        <message>
            <source>To deal with</source>
            <translation>À traiter</translation>
        </message>
        <message>
            <source>To decide</source>
            <translation>À décider</translation>
        </message>
        <message>
            <source>To decide ({count})</source>
            <translation>À décider ({count})</translation>
        </message>
        <message>
            <source>To decide ({count}), decided ({decided})</source>
            <translation>À décider ({count}), décidées ({decided})</translation>
        </message>
        <message>
            <source>To update</source>
            <translation>À mettre à jour</translation>
        </message>
        <message>
            <source>To verify</source>
            <translation>À vérifier</translation>
        </message>
        <message>
            <source>To verify: the answer depends on the accuracy of the positions, or on a point whose state or potability is unknown.</source>
            <translation>À vérifier : la réponse dépend de la précision des positions, ou d’un point d’eau dont l’état ou la potabilité est inconnu.</translation>
        </message>
        <message>
            <source>Told to {who}</source>
            <translation>Dit à {who}</translation>
        </message>
        <message>
            <source>Too few taps mean queues, conflicts and unequal access, whatever the distance.</source>
            <translation>Trop peu de robinets, ce sont des files d'attente, des conflits et des inégalités d'accès, quelle que soit la distance.</translation>
        </message>
        <message>
            <source>Too little water for each person</source>
            <translation>Trop peu d'eau par personne</translation>
        </message>
        <message>
            <source>Too long</source>
            <translation>Trop longue</translation>
        </message>
        <message>
            <source>Too many people for one tap</source>
            <translation>Trop de personnes par robinet</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>Total</translation>
        </message>
        <message>
            <source>Transactions</source>
            <translation>Transactions</translation>
        </message>
        <message>
            <source>Two existing water points closer than the limit; planned and removed ones are left aside. When the accuracy of the positions could put them farther apart, the finding is to verify. A pair is said once.</source>
            <translation>Deux points d'eau existants plus proches que la limite ; les points projetés ou supprimés sont laissés de côté. Si la précision des positions peut les éloigner davantage, le constat est à vérifier. Une paire n'est citée qu'une fois.</translation>
        </message>
        <message>
            <source>Two open sites too close or overlapping</source>
            <translation>Deux sites existants trop proches ou superposés</translation>
        </message>
        <message>
            <source>Two open sites whose points are closer than the limit, or whose footprints overlap. When the accuracy of the positions could put them farther apart, the finding is to verify. A pair is said once.</source>
            <translation>Deux sites existants dont les points sont plus proches que la limite, ou dont les emprises se recouvrent. Si la précision des positions peut les éloigner davantage, le constat est à vérifier. Une paire n'est citée qu'une fois.</translation>
        </message>
        <message>
            <source>Two water points too close</source>
            <translation>Deux points d'eau trop proches</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>Type</translation>
        </message>
        <message>
            <source>Type a part of a name or code to find a territory</source>
            <translation>Tapez une partie d'un nom ou d'un code pour trouver un territoire</translation>
        </message>
        <message>
            <source>UNHCR, after the emergency</source>
            <translation>HCR, après l'urgence</translation>
        </message>
        <message>
            <source>UNHCR, standard after the emergency: at least 20 L (second-hand figure).</source>
            <translation>HCR, standard après l'urgence : au moins 20 L (chiffre de seconde main).</translation>
        </message>
        <message>
            <source>UNHCR, standard after the emergency: at most 100 per tap (second-hand figure).</source>
            <translation>HCR, standard après l'urgence : 100 personnes au plus par robinet (chiffre de seconde main).</translation>
        </message>
        <message>
            <source>UNHCR, standard after the emergency: at most 200 m (second-hand figure).</source>
            <translation>HCR, standard après l'urgence : 200 m au plus (chiffre de seconde main).</translation>
        </message>
        <message>
            <source>Unchanged</source>
            <translation>Inchangés</translation>
        </message>
        <message>
            <source>Undo Decision</source>
            <translation>Annuler la décision</translation>
        </message>
        <message>
            <source>Undo Merge</source>
            <translation>Défaire la fusion</translation>
        </message>
        <message>
            <source>Unique field of the first layer</source>
            <translation>Champ unique de la première couche</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>Unité</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>Inconnu</translation>
        </message>
        <message>
            <source>Unknown part</source>
            <translation>Part d'inconnus</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>Jusqu'au</translation>
        </message>
        <message>
            <source>Up to a year ahead</source>
            <translation>Jusqu'à un an</translation>
        </message>
        <message>
            <source>Up to revision {number}, the values were forgotten on purpose: only who wrote and when is verified.</source>
            <translation>Jusqu'à la révision {number}, les valeurs ont été oubliées volontairement : seuls l'auteur et la date sont vérifiés.</translation>
        </message>
        <message>
            <source>Updated</source>
            <translation>Mis à jour</translation>
        </message>
        <message>
            <source>Updated on {day}</source>
            <translation>Mise à jour le {day}</translation>
        </message>
        <message>
            <source>Upgrade</source>
            <translation>Mettre à niveau</translation>
        </message>
        <message>
            <source>Upgrade a workspace</source>
            <translation>Mettre à niveau un espace de travail</translation>
        </message>
        <message>
            <source>Upgrade the shared database</source>
            <translation>Mettre à niveau la base partagée</translation>
        </message>
        <message>
            <source>Upgrade the workspace?</source>
            <translation>Mettre l’espace de travail à niveau ?</translation>
        </message>
        <message>
            <source>Upgrading the workspace</source>
            <translation>Mise à niveau de l’espace de travail</translation>
        </message>
        <message>
            <source>Va&amp;lue {of_other}</source>
            <translation>&amp;Valeur {of_other}</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Valeur</translation>
        </message>
        <message>
            <source>Value &amp;sent by {person}</source>
            <translation>Valeur &amp;envoyée par {person}</translation>
        </message>
        <message>
            <source>Value / limit</source>
            <translation>Valeur / seuil</translation>
        </message>
        <message>
            <source>Value in &amp;place ({person})</source>
            <translation>&amp;Valeur en place ({person})</translation>
        </message>
        <message>
            <source>Value in place ({person})</source>
            <translation>Valeur en place ({person})</translation>
        </message>
        <message>
            <source>Value of a column of a record of the workspace, NULL where there is no such record.</source>
            <translation>Valeur d'une colonne d'une fiche de l'espace de travail, NULL si cette fiche n'existe pas.</translation>
        </message>
        <message>
            <source>Value sent by {person}</source>
            <translation>Valeur envoyée par {person}</translation>
        </message>
        <message>
            <source>Value {of_other}</source>
            <translation>Valeur {of_other}</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>Valeurs</translation>
        </message>
        <message>
            <source>Values over time</source>
            <translation>Valeurs dans le temps</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Verdict</translation>
        </message>
        <message>
            <source>Verify that nobody has altered what the shared database noted</source>
            <translation>Vérifier que personne n'a modifié ce que la base partagée a noté</translation>
        </message>
        <message>
            <source>Verify the Log</source>
            <translation>Vérifier le journal</translation>
        </message>
        <message>
            <source>Verifying the log</source>
            <translation>Vérification du journal</translation>
        </message>
        <message>
            <source>Version of the data</source>
            <translation>Version des données</translation>
        </message>
        <message>
            <source>Version of the data before</source>
            <translation>Version des données avant</translation>
        </message>
        <message>
            <source>Version of the data model</source>
            <translation>Version du modèle de données</translation>
        </message>
        <message>
            <source>Visit the point, then write its state and the date of the visit.</source>
            <translation>Visitez le point, puis notez son état et la date de la visite.</translation>
        </message>
        <message>
            <source>Visit the site, correct what has changed, or confirm that nothing has.</source>
            <translation>Visitez le site, corrigez ce qui a changé, ou confirmez que rien n'a changé.</translation>
        </message>
        <message>
            <source>WHO and UNICEF, Joint Monitoring Programme: a round trip of 30 minutes, queue included.</source>
            <translation>OMS et UNICEF, Joint Monitoring Programme : 30 minutes aller-retour, attente comprise.</translation>
        </message>
        <message>
            <source>Waits for another record</source>
            <translation>Attend une autre fiche</translation>
        </message>
        <message>
            <source>Walking speed</source>
            <translation>Vitesse de marche</translation>
        </message>
        <message>
            <source>Warning</source>
            <translation>Avertissement</translation>
        </message>
        <message>
            <source>Warnings</source>
            <translation>Avertissements</translation>
        </message>
        <message>
            <source>Water</source>
            <translation>Eau</translation>
        </message>
        <message>
            <source>Water carried in one trip</source>
            <translation>Eau rapportée en un trajet</translation>
        </message>
        <message>
            <source>Water cut at times, or closed on the reference date</source>
            <translation>Eau coupée par moments, ou fermée à la date de référence</translation>
        </message>
        <message>
            <source>Water must be there every day: a map of the summer overstates the access in winter, when taps are closed against frost.</source>
            <translation>L'eau doit être là chaque jour : une carte d'été surestime l'accès en hiver, quand des robinets sont fermés contre le gel.</translation>
        </message>
        <message>
            <source>Water point</source>
            <translation>Point d'eau</translation>
        </message>
        <message>
            <source>Water point not visited for long</source>
            <translation>Point d'eau non visité depuis longtemps</translation>
        </message>
        <message>
            <source>Water points</source>
            <translation>Points d’eau</translation>
        </message>
        <message>
            <source>Water points (GeoJSON)</source>
            <translation>Points d’eau (GeoJSON)</translation>
        </message>
        <message>
            <source>Water points (GeoPackage)</source>
            <translation>Points d’eau (GeoPackage)</translation>
        </message>
        <message>
            <source>Water points (fontaine-eau)</source>
            <translation>Points d’eau (fontaine-eau)</translation>
        </message>
        <message>
            <source>Water points for each site</source>
            <translation>Points d'eau par site</translation>
        </message>
        <message>
            <source>Water points kept for each site</source>
            <translation>Points d'eau gardés pour chaque site</translation>
        </message>
        <message>
            <source>Water points that fail (identifiers)</source>
            <translation>Points d'eau en panne (identifiants)</translation>
        </message>
        <message>
            <source>Water that nobody tested makes people ill, and is no access.</source>
            <translation>Une eau que personne n'a analysée rend malade, et n'est pas un accès.</translation>
        </message>
        <message>
            <source>Water to aim at for each person</source>
            <translation>Quantité d'eau visée par personne</translation>
        </message>
        <message>
            <source>Way</source>
            <translation>Mode</translation>
        </message>
        <message>
            <source>Way there and back from the farthest dwelling (2 × distance as the crow flies ÷ walking speed), and filling a can (its litres ÷ flow) for each household ahead in the queue: people per tap ÷ people per household. The figure is that of the middle of the queue when every household comes at once; the last one waits twice as long.</source>
            <translation>Aller-retour depuis l'habitation la plus éloignée (2 × distance à vol d'oiseau ÷ vitesse de marche), et remplissage d'un bidon (litres ÷ débit) pour chaque ménage de la file : personnes par robinet ÷ personnes par ménage. Le chiffre est celui du milieu de la file quand tous les ménages viennent en même temps ; le dernier attend deux fois plus.</translation>
        </message>
        <message>
            <source>What answers as {where} shows the certificate of another server: nothing was sent. Use the name that is on the certificate; when in doubt, ask the administrator.</source>
            <translation>Ce qui répond sous le nom {where} présente le certificat d’un autre serveur : rien n’a été envoyé. Utilisez le nom inscrit sur le certificat ; en cas de doute, demandez à l’administrateur.</translation>
        </message>
        <message>
            <source>What changes</source>
            <translation>Ce qui change</translation>
        </message>
        <message>
            <source>What differs</source>
            <translation>Ce qui diffère</translation>
        </message>
        <message>
            <source>What each column of the file fills</source>
            <translation>Ce que remplit chaque colonne du fichier</translation>
        </message>
        <message>
            <source>What each usable point gives in a day (taps × flow × hours open; a tank: its volume ÷ the days between two refills) is shared by all the people of the open sites it serves, and a site adds up the shares it gets.</source>
            <translation>Ce que chaque point utilisable donne en un jour (robinets × débit × heures d'ouverture ; citerne : volume ÷ jours entre deux remplissages) est partagé entre tous les habitants des sites existants qu'il dessert, et un site additionne les parts qui lui reviennent.</translation>
        </message>
        <message>
            <source>What goes and what comes, by commune, layer and record</source>
            <translation>Ce qui part et ce qui arrive, par commune, couche et fiche</translation>
        </message>
        <message>
            <source>What happens</source>
            <translation>Ce qui se passe</translation>
        </message>
        <message>
            <source>What if: {supposed}</source>
            <translation>Et si : {supposed}</translation>
        </message>
        <message>
            <source>What if…</source>
            <translation>Et si…</translation>
        </message>
        <message>
            <source>What is to be granted does not exist at {where} ({reason}). Correct it.</source>
            <translation>Ce qui doit être donné n’existe pas sur {where} ({reason}). Corrigez-le.</translation>
        </message>
        <message>
            <source>What is to decide or set aside is not in the shared database.</source>
            <translation>Ce qui est à décider ou mis de côté n'est pas dans la base partagée.</translation>
        </message>
        <message>
            <source>What is unknown</source>
            <translation>Ce qui est inconnu</translation>
        </message>
        <message>
            <source>What left the workspaces, the newest first</source>
            <translation>Ce qui est sorti des espaces de travail, le plus récent d'abord</translation>
        </message>
        <message>
            <source>What the file is; choose “Any table” to say yourself what each column holds</source>
            <translation>Nature du fichier ; choisissez « Tableau quelconque » pour dire vous-même ce que contient chaque colonne</translation>
        </message>
        <message>
            <source>What the map shows depends on who will read it</source>
            <translation>Ce que montre la carte dépend de ceux qui la liront</translation>
        </message>
        <message>
            <source>What the shared database holds as the photo {name} is not a photo: it was not kept.</source>
            <translation>Ce que la base partagée détient comme photo {name} n'est pas une photo : ce n'est pas gardé.</translation>
        </message>
        <message>
            <source>What the test found</source>
            <translation>Résultat du test</translation>
        </message>
        <message>
            <source>What this workspace sends again to {where} is not what it sent before under the same name: what the file kept of it was damaged, or changed otherwise than by this plugin. Nothing was written. Keep the file and all its copies as they are, and tell the administrator before going on.</source>
            <translation>Ce que cet espace de travail renvoie à {where} n'est pas ce qu'il avait envoyé sous le même nom : ce que le fichier en gardait a été abîmé, ou modifié autrement que par cette extension. Rien n'a été écrit. Gardez le fichier et toutes ses copies tels quels, et prévenez l'administrateur avant de continuer.</translation>
        </message>
        <message>
            <source>What to do</source>
            <translation>À faire</translation>
        </message>
        <message>
            <source>What was decided here on a contradiction was not taken: somebody else settled it, the record was deleted or went elsewhere, or the shared database was set back to a backup. The values decided are kept here: write them in the record if they are still wanted, then discard this.</source>
            <translation>Ce qui a été décidé ici sur une contradiction n’a pas été retenu : quelqu’un d’autre l’a tranchée, la fiche a été supprimée ou est partie ailleurs, ou la base partagée a été rétablie depuis une sauvegarde. Les valeurs décidées sont gardées ici : reportez-les dans la fiche si elles sont encore voulues, puis abandonnez-les.</translation>
        </message>
        <message>
            <source>What was merged has been changed since: it was left as it is. The history of the record has every value, and the deleted one is among the deleted records.</source>
            <translation>Ce qui a été fusionné a été modifié depuis : rien n'a été défait. L'historique de la fiche garde chaque valeur, et la fiche disparue est parmi les fiches supprimées.</translation>
        </message>
        <message>
            <source>What was sent to {where} was damaged on its way. Try again.</source>
            <translation>Ce qui a été envoyé à {where} a été abîmé en route. Recommencez.</translation>
        </message>
        <message>
            <source>What was written here on “{name}” is given up; the history keeps it.</source>
            <translation>Ce qui a été écrit ici sur « {name} » est abandonné ; l'historique le garde.</translation>
        </message>
        <message>
            <source>What would change</source>
            <translation>Ce qui changerait</translation>
        </message>
        <message>
            <source>What you wanted to write, and why</source>
            <translation>Ce que vous vouliez écrire, et pourquoi</translation>
        </message>
        <message>
            <source>What {file} shows</source>
            <translation>Ce que montre {file}</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Quand</translation>
        </message>
        <message>
            <source>When something fails: View → Panels → Log Messages, tab “Résorption”. The same is in the file {path}.</source>
            <translation>En cas de problème : Vue → Panneaux → Journal des messages, onglet « Résorption ». La même chose est dans le fichier {path}.</translation>
        </message>
        <message>
            <source>Where both changed differently since the last import, the value of the workspace stays unless you choose the one of the file in the column Result.</source>
            <translation>Là où les deux ont changé différemment depuis le dernier import, la valeur de l'espace de travail reste, sauf si vous choisissez celle du fichier dans la colonne Résultat.</translation>
        </message>
        <message>
            <source>Where everything hangs on one tap, its first failure is a crisis: a second one, or a plan, is needed.</source>
            <translation>Quand tout dépend d'un robinet, sa première panne est une crise : il en faut un second, ou un plan.</translation>
        </message>
        <message>
            <source>Where it was</source>
            <translation>Position de départ</translation>
        </message>
        <message>
            <source>Where the project is</source>
            <translation>Où est le projet</translation>
        </message>
        <message>
            <source>Where the right answer is certain: see what would change, then correct it; two records of one thing can be merged</source>
            <translation>Quand la bonne réponse est certaine : voir ce qui changerait, puis corriger ; deux fiches d'un même objet peuvent être fusionnées</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Qui</translation>
        </message>
        <message>
            <source>Who gives the data. With the number of each water point it says which one is which, so give the same source each time you import this file</source>
            <translation>Qui fournit les données. Avec le numéro de chaque point d'eau, la source permet de le reconnaître : indiquez la même à chaque import de ce fichier</translation>
        </message>
        <message>
            <source>Who has access to the shared database</source>
            <translation>Qui a accès à la base partagée</translation>
        </message>
        <message>
            <source>Who signs accepted exceptions</source>
            <translation>Signataire des exceptions acceptées</translation>
        </message>
        <message>
            <source>Whole months from the last test of the water to the reference date.</source>
            <translation>Mois de la dernière analyse de l'eau à la date de référence.</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Motif</translation>
        </message>
        <message>
            <source>Why this is acceptable; it is kept with the finding</source>
            <translation>Pourquoi c'est acceptable ; le motif est gardé avec le constat</translation>
        </message>
        <message>
            <source>Why; it is kept with the decision, and the other person reads it</source>
            <translation>Pourquoi ; c’est gardé avec la décision, et l’autre personne le lit</translation>
        </message>
        <message>
            <source>Withdraw the exception</source>
            <translation>Retirer l'exception</translation>
        </message>
        <message>
            <source>Without knowing who lives there, nothing can be offered: the sooner, the fewer they are.</source>
            <translation>Sans savoir qui vit là, rien ne peut être proposé : plus tôt on le sait, moins ils sont nombreux.</translation>
        </message>
        <message>
            <source>Working state</source>
            <translation>État de fonctionnement</translation>
        </message>
        <message>
            <source>Workspace</source>
            <translation>Espace de travail</translation>
        </message>
        <message>
            <source>Workspace (GeoPackage)</source>
            <translation>Espace de travail (GeoPackage)</translation>
        </message>
        <message>
            <source>Workspace for the layers left out</source>
            <translation>Espace de travail pour les couches laissées vides</translation>
        </message>
        <message>
            <source>Workspaces</source>
            <translation>Espaces de travail</translation>
        </message>
        <message>
            <source>Workspaces (*.gpkg)</source>
            <translation>Espaces de travail (*.gpkg)</translation>
        </message>
        <message>
            <source>Workspaces and their projects (*.gpkg *.qgz *.qgs)</source>
            <translation>Espaces de travail et leurs projets (*.gpkg *.qgz *.qgs)</translation>
        </message>
        <message>
            <source>Workspaces that synchronise, the last seen first</source>
            <translation>Espaces de travail qui synchronisent, le dernier vu d'abord</translation>
        </message>
        <message>
            <source>Worsen</source>
            <translation>S'aggravent</translation>
        </message>
        <message>
            <source>Write the changes that are shown to a CSV file</source>
            <translation>Écrire les modifications affichées dans un fichier CSV</translation>
        </message>
        <message>
            <source>Write the day on which the phase was completed, set a new target, or close the site.</source>
            <translation>Notez le jour où la phase s'est terminée, fixez un nouvel objectif, ou fermez le site.</translation>
        </message>
        <message>
            <source>Write the figures of several territories as a table (CSV or XLSX)</source>
            <translation>Écrire les indicateurs de plusieurs territoires dans un tableau (CSV ou XLSX)</translation>
        </message>
        <message>
            <source>Write the value from before the change again in this workspace; it goes to the others at the next synchronisation</source>
            <translation>Écrire de nouveau dans cet espace de travail la valeur d'avant la modification ; elle partira vers les autres à la prochaine synchronisation</translation>
        </message>
        <message>
            <source>Write the value from before the change again; this is itself kept in the history</source>
            <translation>Écrire de nouveau la valeur d'avant la modification ; cela figure aussi dans l'historique</translation>
        </message>
        <message>
            <source>Write the whole list with every value to a file</source>
            <translation>Écrire toute la liste, avec chaque valeur, dans un fichier</translation>
        </message>
        <message>
            <source>Write them with their reasons to a file, for the administrator</source>
            <translation>Les écrire avec leurs motifs dans un fichier, pour l'administrateur</translation>
        </message>
        <message>
            <source>Write what changed here since the last import, to be entered on the platform</source>
            <translation>Écrire ce qui a changé ici depuis le dernier import, à saisir sur la plateforme</translation>
        </message>
        <message>
            <source>Writes every figure of each territory of a level on a day, today or past, with its definition and what is unknown beside it, as CSV or XLSX by the suffix of the file. The audience public may have departments or larger; figures that give away a group of fewer than 10 people are then not told (n. s.). Metropole and overseas are never added up. Each export is written in the log of exports of the workspace.</source>
            <translation>Écrit tous les indicateurs de chaque territoire d'un niveau à une date, présente ou passée, avec leur définition et la part d'inconnus, en CSV ou XLSX selon l'extension du fichier. Les destinataires « public » n'ont que les départements ou plus large ; les chiffres qui révèlent un groupe de moins de 10 personnes ne sont alors pas donnés (n. s.). La métropole et l'outre-mer ne sont jamais additionnés. Chaque export est inscrit au journal des exports de l'espace de travail.</translation>
        </message>
        <message>
            <source>Writes the rejected rows with their reasons in a file that you can mend and import</source>
            <translation>Écrit les lignes rejetées et leurs motifs dans un fichier que vous pourrez corriger et importer</translation>
        </message>
        <message>
            <source>Writes the water points for other tools: fontaine-eau (public fountains, CSV), pei (fire hydrants, CSV), geojson or gpkg (every water point). Except for the audience services, points on a site that are not on the public road are left out, since their position would tell where people live. What cannot be written is counted with its reason. Each export is written in the log of exports of the workspace.</source>
            <translation>Écrit les points d’eau pour d’autres outils : fontaine-eau (fontaines publiques, CSV), pei (points d’eau incendie, CSV), geojson ou gpkg (tous les points d’eau). Sauf pour les services (services), les points situés sur un site et hors de la voie publique sont écartés : leur position dirait où vivent des personnes. Ce qui ne peut pas être écrit est compté avec son motif. Chaque export est inscrit au journal des exports de l’espace de travail.</translation>
        </message>
        <message>
            <source>Writes what changed in the workspace since the last import of sites, in the titles and the order of the platform Résorption-bidonvilles, with the link of each site: sites to update, to create and to close, then every change with both values. The platform takes no file: an officer enters these changes there. The sheet holds exact positions and owners; it is for the services, and is written in the log of exports.</source>
            <translation>Écrit ce qui a changé dans l'espace de travail depuis le dernier import de sites, sous les titres et dans l'ordre de la plateforme Résorption-bidonvilles, avec le lien de chaque site : les sites à mettre à jour, à créer et à fermer, puis chaque modification avec ses deux valeurs. La plateforme ne reçoit pas de fichier : un agent y saisit ces modifications. La fiche contient des positions exactes et des propriétaires ; elle est réservée aux services, et inscrite au journal des exports.</translation>
        </message>
        <message>
            <source>Writing the decision</source>
            <translation>Écriture de la décision</translation>
        </message>
        <message>
            <source>Written</source>
            <translation>Écrits</translation>
        </message>
        <message>
            <source>Written at once, in one step that can be undone.</source>
            <translation>Écrit aussitôt, en une étape qui peut être défaite.</translation>
        </message>
        <message>
            <source>You also read and write the restricted records: procedures and owners.</source>
            <translation>Vous lisez et écrivez aussi les fiches réservées : procédures et propriétaires.</translation>
        </message>
        <message>
            <source>You and {other} both entered this record, with different values of {what}.</source>
            <translation>Vous et {other} avez tous deux saisi cette fiche, avec des valeurs différentes de {what}.</translation>
        </message>
        <message>
            <source>You and {other} gave different values to {what}.</source>
            <translation>Vous et {other} avez donné des valeurs différentes à {what}.</translation>
        </message>
        <message>
            <source>You are {login}, {role}: {deeds}.</source>
            <translation>Vous êtes {login}, {role} : {deeds}.</translation>
        </message>
        <message>
            <source>You changed this record, or added something to it. Meanwhile {other} deleted it.</source>
            <translation>Vous avez modifié cette fiche ou y avez ajouté quelque chose. Entre-temps, {other} l’a supprimée.</translation>
        </message>
        <message>
            <source>You decide once it is exchanged.</source>
            <translation>Vous déciderez une fois l'échange fait.</translation>
        </message>
        <message>
            <source>You deleted this record. Meanwhile {other} changed it, or added something to it.</source>
            <translation>Vous avez supprimé cette fiche. Entre-temps, {other} l’a modifiée ou y a ajouté quelque chose.</translation>
        </message>
        <message>
            <source>You have no area to write in. Ask the administrator for one.</source>
            <translation>Vous n'avez aucun territoire où écrire. Demandez-en un à l'administrateur.</translation>
        </message>
        <message>
            <source>You look; only an administrator acts.</source>
            <translation>Vous regardez ; seul un administrateur agit.</translation>
        </message>
        <message>
            <source>Your role only reads</source>
            <translation>Votre rôle ne fait que lire</translation>
        </message>
        <message>
            <source>Your role only reads. Ask the administrator for another one.</source>
            <translation>Votre rôle ne fait que lire. Demandez-en un autre à l'administrateur.</translation>
        </message>
        <message>
            <source>Yours stays, to be returned</source>
            <translation>Le vôtre reste, à retourner</translation>
        </message>
        <message>
            <source>Zoom to the record and open its form at the field (Enter or double click)</source>
            <translation>Zoomer sur la fiche et ouvrir son formulaire au champ concerné (Entrée ou double-clic)</translation>
        </message>
        <message>
            <source>Zoom to the record and open its form, to mend it</source>
            <translation>Zoomer sur la fiche et ouvrir son formulaire, pour la corriger</translation>
        </message>
        <message>
            <source>administrator</source>
            <translation>administrateur</translation>
        </message>
        <message>
            <source>administrator: reads and writes everything, gives access</source>
            <translation>administrateur : lit et écrit tout, donne accès</translation>
        </message>
        <message>
            <source>all will be deleted</source>
            <translation>toutes seront supprimées</translation>
        </message>
        <message>
            <source>all will be kept</source>
            <translation>toutes seront gardées</translation>
        </message>
        <message>
            <source>all will be restored</source>
            <translation>toutes seront rétablies</translation>
        </message>
        <message>
            <source>all will stay deleted</source>
            <translation>toutes resteront supprimées</translation>
        </message>
        <message>
            <source>and {count} others</source>
            <translation>et {count} autres</translation>
        </message>
        <message>
            <source>another value will be written</source>
            <translation>une autre valeur sera écrite</translation>
        </message>
        <message>
            <source>answers</source>
            <translation>réponses</translation>
        </message>
        <message>
            <source>area: {areas}</source>
            <translation>territoire : {areas}</translation>
        </message>
        <message>
            <source>areas: {areas}</source>
            <translation>territoires : {areas}</translation>
        </message>
        <message>
            <source>auditor</source>
            <translation>auditeur</translation>
        </message>
        <message>
            <source>auditor: reads everything, writes nothing</source>
            <translation>auditeur : lit tout, n'écrit rien</translation>
        </message>
        <message>
            <source>barriers to cross</source>
            <translation>obstacles à franchir</translation>
        </message>
        <message>
            <source>both changed {what}</source>
            <translation>modifiée des deux côtés : {what}</translation>
        </message>
        <message>
            <source>both entered it, with another value in {what}</source>
            <translation>saisie des deux côtés, valeurs différentes : {what}</translation>
        </message>
        <message>
            <source>can be decided</source>
            <translation>peut être décidée</translation>
        </message>
        <message>
            <source>changed by {mine}, deleted by {theirs}</source>
            <translation>modifiée par {mine}, supprimée par {theirs}</translation>
        </message>
        <message>
            <source>changed here, deleted by someone else</source>
            <translation>modifiée ici, supprimée par une autre personne</translation>
        </message>
        <message>
            <source>closed</source>
            <translation>fermé</translation>
        </message>
        <message>
            <source>corrected value</source>
            <translation>valeur corrigée</translation>
        </message>
        <message>
            <source>d</source>
            <translation>j</translation>
        </message>
        <message>
            <source>days</source>
            <translation>jours</translation>
        </message>
        <message>
            <source>decided, to be sent</source>
            <translation>décidée, à envoyer</translation>
        </message>
        <message>
            <source>decision: {told}</source>
            <translation>décision : {told}</translation>
        </message>
        <message>
            <source>deleted by {mine}, changed by {theirs}</source>
            <translation>supprimée par {mine}, modifiée par {theirs}</translation>
        </message>
        <message>
            <source>deleted here, changed by someone else</source>
            <translation>supprimée ici, modifiée par une autre personne</translation>
        </message>
        <message>
            <source>distance unknown</source>
            <translation>distance inconnue</translation>
        </message>
        <message>
            <source>entered by {mine} and by {theirs}, with another value in {what}</source>
            <translation>saisie par {mine} et par {theirs}, avec une autre valeur dans {what}</translation>
        </message>
        <message>
            <source>faults</source>
            <translation>défauts</translation>
        </message>
        <message>
            <source>for the other person</source>
            <translation>à l'autre personne de décider</translation>
        </message>
        <message>
            <source>insee: “{value}” is not the INSEE code of a commune.</source>
            <translation>insee : « {value} » n’est pas le code INSEE d’une commune.</translation>
        </message>
        <message>
            <source>km/h</source>
            <translation>km/h</translation>
        </message>
        <message>
            <source>line</source>
            <translation>ligne</translation>
        </message>
        <message>
            <source>m</source>
            <translation>m</translation>
        </message>
        <message>
            <source>map_committee</source>
            <translation>carte_comite</translation>
        </message>
        <message>
            <source>map_public</source>
            <translation>carte_public</translation>
        </message>
        <message>
            <source>map_services</source>
            <translation>carte_services</translation>
        </message>
        <message>
            <source>min</source>
            <translation>min</translation>
        </message>
        <message>
            <source>missing</source>
            <translation>absent</translation>
        </message>
        <message>
            <source>months</source>
            <translation>mois</translation>
        </message>
        <message>
            <source>my value</source>
            <translation>ma valeur</translation>
        </message>
        <message>
            <source>n. s.</source>
            <translation>n. p.</translation>
        </message>
        <message>
            <source>never</source>
            <translation>jamais</translation>
        </message>
        <message>
            <source>no</source>
            <translation>non</translation>
        </message>
        <message>
            <source>no login any more</source>
            <translation>plus de compte</translation>
        </message>
        <message>
            <source>no position in the file</source>
            <translation>pas de position dans le fichier</translation>
        </message>
        <message>
            <source>no record was exchanged</source>
            <translation>aucune fiche échangée</translation>
        </message>
        <message>
            <source>none</source>
            <translation>aucun</translation>
        </message>
        <message>
            <source>not accepted: {reason}</source>
            <translation>non acceptée : {reason}</translation>
        </message>
        <message>
            <source>not counted</source>
            <translation>non compté</translation>
        </message>
        <message>
            <source>nothing to send</source>
            <translation>rien à envoyer</translation>
        </message>
        <message>
            <source>of the people within {limit} m of drinking water</source>
            <translation>des personnes à {limit} m au plus d’eau potable</translation>
        </message>
        <message>
            <source>of the people: unknown, to be verified in the field</source>
            <translation>des personnes : inconnu, à vérifier sur le terrain</translation>
        </message>
        <message>
            <source>of the shared database</source>
            <translation>de la base partagée</translation>
        </message>
        <message>
            <source>officer</source>
            <translation>agent</translation>
        </message>
        <message>
            <source>officer: reads the departments, writes in the areas</source>
            <translation>agent : lit les départements, écrit dans les territoires</translation>
        </message>
        <message>
            <source>older</source>
            <translation>ancien</translation>
        </message>
        <message>
            <source>on {date}</source>
            <translation>le {date}</translation>
        </message>
        <message>
            <source>open</source>
            <translation>existant</translation>
        </message>
        <message>
            <source>open sites (never counted: {uncounted})</source>
            <translation>sites existants (jamais comptés : {uncounted})</translation>
        </message>
        <message>
            <source>other records</source>
            <translation>autres fiches</translation>
        </message>
        <message>
            <source>owners</source>
            <translation>propriétaires</translation>
        </message>
        <message>
            <source>people</source>
            <translation>personnes</translation>
        </message>
        <message>
            <source>people at the last count</source>
            <translation>personnes au dernier comptage</translation>
        </message>
        <message>
            <source>people per household</source>
            <translation>personnes par ménage</translation>
        </message>
        <message>
            <source>people per tap</source>
            <translation>personnes par robinet</translation>
        </message>
        <message>
            <source>procedures</source>
            <translation>procédures</translation>
        </message>
        <message>
            <source>reason</source>
            <translation>motif</translation>
        </message>
        <message>
            <source>settled</source>
            <translation>réglée</translation>
        </message>
        <message>
            <source>somebody else</source>
            <translation>quelqu’un d’autre</translation>
        </message>
        <message>
            <source>the record will be deleted</source>
            <translation>la fiche sera supprimée</translation>
        </message>
        <message>
            <source>the record will be kept</source>
            <translation>la fiche sera gardée</translation>
        </message>
        <message>
            <source>the record will be restored</source>
            <translation>la fiche sera rétablie</translation>
        </message>
        <message>
            <source>the record will stay deleted</source>
            <translation>la fiche restera supprimée</translation>
        </message>
        <message>
            <source>the value sent by {person} will be kept</source>
            <translation>la valeur envoyée par {person} sera gardée</translation>
        </message>
        <message>
            <source>the value {of_other} will be kept</source>
            <translation>la valeur {of_other} sera gardée</translation>
        </message>
        <message>
            <source>until {date}</source>
            <translation>jusqu'au {date}</translation>
        </message>
        <message>
            <source>up to date</source>
            <translation>à jour</translation>
        </message>
        <message>
            <source>value sent by {person}</source>
            <translation>valeur envoyée par {person}</translation>
        </message>
        <message>
            <source>value {of_other}</source>
            <translation>valeur {of_other}</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>à traiter</translation>
        </message>
        <message>
            <source>will be set aside</source>
            <translation>sera mise de côté</translation>
        </message>
        <message>
            <source>will be set aside: {reason}</source>
            <translation>sera mise de côté : {reason}</translation>
        </message>
        <message>
            <source>will receive everything again</source>
            <translation>recevra tout de nouveau</translation>
        </message>
        <message>
            <source>without a name</source>
            <translation>sans nom</translation>
        </message>
        <message>
            <source>without {names}</source>
            <translation>sans {names}</translation>
        </message>
        <message>
            <source>x and y are in Lambert-93, which does not reach overseas: fill in lon and lat.</source>
            <translation>x et y sont en Lambert-93, qui ne couvre pas l’outre-mer : remplissez lon et lat.</translation>
        </message>
        <message>
            <source>x, y and lon, lat are {metres} m apart: correct one of them.</source>
            <translation>x, y et lon, lat sont à {metres} m l’un de l’autre : corrigez l’un des deux.</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>oui</translation>
        </message>
        <message>
            <source>you</source>
            <translation>vous</translation>
        </message>
        <message>
            <source>you read and write everything, and give access</source>
            <translation>vous lisez et écrivez tout, et donnez accès</translation>
        </message>
        <message>
            <source>you read everything and write nothing</source>
            <translation>vous lisez tout et n'écrivez rien</translation>
        </message>
        <message>
            <source>you read the records of your departments and write in your areas</source>
            <translation>vous lisez les fiches de vos départements et écrivez dans vos territoires</translation>
        </message>
        <message>
            <source>your value will be kept</source>
            <translation>votre valeur sera gardée</translation>
        </message>
        <message>
            <source>{appears} findings would appear, {worsens} worsen, {goes} go, {stays} stay.</source>
            <translation>{appears} constats apparaîtraient, {worsens} s'aggraveraient, {goes} disparaîtraient, {stays} demeureraient.</translation>
        </message>
        <message>
            <source>{code} is not the INSEE code of one of today's communes, and no position tells the commune.</source>
            <translation>{code} n'est le code INSEE d'aucune commune actuelle, et aucune position n'indique la commune.</translation>
        </message>
        <message>
            <source>{code} is not the INSEE code of one of today's communes: {commune} ({new_code}) was taken, where the position lies.</source>
            <translation>{code} n'est le code INSEE d'aucune commune actuelle : {commune} ({new_code}), où se trouve la position, a été retenue.</translation>
        </message>
        <message>
            <source>{column}: “{value}” does not have the form the schema asks for.</source>
            <translation>{column} : « {value} » n'a pas la forme demandée par le schéma.</translation>
        </message>
        <message>
            <source>{column}: “{value}” is neither OUI nor NON.</source>
            <translation>{column} : « {value} » n'est ni OUI ni NON.</translation>
        </message>
        <message>
            <source>{column}: “{value}” is not a date.</source>
            <translation>{column} : « {value} » n'est pas une date.</translation>
        </message>
        <message>
            <source>{column}: “{value}” is not in the schema's list ({expected}).</source>
            <translation>{column} : « {value} » n'est pas dans la liste du schéma ({expected}).</translation>
        </message>
        <message>
            <source>{column}: “{value}” is not understood.</source>
            <translation>{column} : « {value} » n'est pas compris.</translation>
        </message>
        <message>
            <source>{count} are in the open workspace, where they can be decided.</source>
            <translation>Dans l'espace de travail ouvert, où elles peuvent être décidées : {count}.</translation>
        </message>
        <message>
            <source>{count} days</source>
            <translation>{count} j</translation>
        </message>
        <message>
            <source>{count} distances are up to date.</source>
            <translation>{count} distances sont à jour.</translation>
        </message>
        <message>
            <source>{count} entries were erased.</source>
            <translation>Entrées effacées : {count}.</translation>
        </message>
        <message>
            <source>{count} exports are known, of the workspaces that have synchronised since.</source>
            <translation>Exports connus : {count}, ceux des espaces de travail qui ont synchronisé depuis.</translation>
        </message>
        <message>
            <source>{count} findings selected</source>
            <translation>{count} constats sélectionnés</translation>
        </message>
        <message>
            <source>{count} findings will be accepted with the same reason.</source>
            <translation>{count} constats seront acceptés avec le même motif.</translation>
        </message>
        <message>
            <source>{count} left out: {reason} ({names})</source>
            <translation>{count} écartés : {reason} ({names})</translation>
        </message>
        <message>
            <source>{count} lines are neither streets, railways nor watercourses.</source>
            <translation>{count} lignes ne sont ni des voies, ni des voies ferrées, ni des cours d'eau.</translation>
        </message>
        <message>
            <source>{count} missing</source>
            <translation>{count} sans fichier</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>{count} de plus</translation>
        </message>
        <message>
            <source>{count} of them need a newer plugin.</source>
            <translation>Avec une extension trop ancienne : {count}.</translation>
        </message>
        <message>
            <source>{count} of {asked} records can be corrected.</source>
            <translation>{count} fiche(s) sur {asked} peuvent être corrigées.</translation>
        </message>
        <message>
            <source>{count} open sites reach no usable water point.</source>
            <translation>Sites existants qui n'atteignent aucun point d'eau utilisable : {count}.</translation>
        </message>
        <message>
            <source>{count} open: by department {departments}; sent by {people}. The oldest for {days} days.</source>
            <translation>Ouvertes : {count}. Par département : {departments} ; envoyées par {people}. La plus ancienne depuis {days} j.</translation>
        </message>
        <message>
            <source>{count} people</source>
            <translation>{count} personnes</translation>
        </message>
        <message>
            <source>{count} people have access.</source>
            <translation>Personnes qui ont accès : {count}.</translation>
        </message>
        <message>
            <source>{count} positions for one water point: keep one.</source>
            <translation>{count} positions pour un seul point d'eau : gardez-en une.</translation>
        </message>
        <message>
            <source>{count} records</source>
            <translation>{count} fiches</translation>
        </message>
        <message>
            <source>{count} records changed meanwhile: synchronise again.</source>
            <translation>{count} fiches ont changé entre-temps : synchronisez de nouveau.</translation>
        </message>
        <message>
            <source>{count} records of {layer} are gone from the workspace {path}: nothing was written. Try again.</source>
            <translation>{count} fiches de {layer} ont disparu de l’espace de travail {path} : rien n’a été écrit. Recommencez.</translation>
        </message>
        <message>
            <source>{count} revisions behind</source>
            <translation>révisions à recevoir : {count}</translation>
        </message>
        <message>
            <source>{count} rows are older than the last import: only their counts of people are added.</source>
            <translation>{count} lignes sont plus anciennes que le dernier import : seuls leurs comptages sont ajoutés.</translation>
        </message>
        <message>
            <source>{count} safe on the server</source>
            <translation>{count} en sûreté sur le serveur</translation>
        </message>
        <message>
            <source>{count} sites</source>
            <translation>{count} sites</translation>
        </message>
        <message>
            <source>{count} sites of the workspace are not in the file: they stay as they are.</source>
            <translation>{count} sites de l'espace de travail ne sont pas dans le fichier : ils restent tels quels.</translation>
        </message>
        <message>
            <source>{count} sites of the workspace are not in the file: they were left as they are.</source>
            <translation>{count} sites de l'espace de travail ne sont pas dans le fichier : ils sont restés tels quels.</translation>
        </message>
        <message>
            <source>{count} to come</source>
            <translation>{count} à venir</translation>
        </message>
        <message>
            <source>{count} to send</source>
            <translation>{count} à envoyer</translation>
        </message>
        <message>
            <source>{count} values of the column {column} ({layer}) cannot be read: they count as unknown.</source>
            <translation>{count} valeurs de la colonne {column} ({layer}) sont illisibles : elles comptent comme inconnues.</translation>
        </message>
        <message>
            <source>{count} wait, {settled} are settled.</source>
            <translation>À traiter : {count} ; réglées : {settled}.</translation>
        </message>
        <message>
            <source>{count} water points of this source are not in the file: they were left as they are.</source>
            <translation>{count} points d'eau de cette source ne sont pas dans le fichier : ils ont été laissés tels quels.</translation>
        </message>
        <message>
            <source>{count} workspaces have synchronised.</source>
            <translation>Espaces de travail qui ont synchronisé : {count}.</translation>
        </message>
        <message>
            <source>{count} workspaces not seen for 90 days will receive everything again when they come back, their edits kept.</source>
            <translation>Espaces de travail qui ne se sont pas présentés depuis 90 jours : {count} ; à leur retour ils recevront tout de nouveau, leurs saisies gardées.</translation>
        </message>
        <message>
            <source>{distance} between the two places. Drag the line, or the slider, to compare them.</source>
            <translation>{distance} entre les deux positions. Faites glisser la limite, ou le curseur, pour comparer.</translation>
        </message>
        <message>
            <source>{done} of {count} decided</source>
            <translation>{done} sur {count} décidées</translation>
        </message>
        <message>
            <source>{entries} entries of the log, older than {months} months, are erased: what changed then, and the values before, cannot be told any more.</source>
            <translation>Les entrées du journal plus anciennes que {months} mois ({entries}) sont effacées : ce qui a changé alors, et les valeurs d'avant, ne pourront plus être dits.</translation>
        </message>
        <message>
            <source>{field}: longer than {limit} characters.</source>
            <translation>{field} : plus de {limit} caractères.</translation>
        </message>
        <message>
            <source>{field}: {value} is not between {low} and {high}.</source>
            <translation>{field} : {value} n'est pas compris entre {low} et {high}.</translation>
        </message>
        <message>
            <source>{field}: “{value}” is neither yes nor no (write oui or non).</source>
            <translation>{field} : « {value} » n'est ni oui ni non (écrivez oui ou non).</translation>
        </message>
        <message>
            <source>{field}: “{value}” is not a date (write 2025-10-31 or 31/10/2025).</source>
            <translation>{field} : « {value} » n'est pas une date (écrivez 2025-10-31 ou 31/10/2025).</translation>
        </message>
        <message>
            <source>{field}: “{value}” is not a date and time.</source>
            <translation>{field} : « {value} » n'est pas une date avec son heure.</translation>
        </message>
        <message>
            <source>{field}: “{value}” is not a number.</source>
            <translation>{field} : « {value} » n'est pas un nombre.</translation>
        </message>
        <message>
            <source>{field}: “{value}” is not a whole number.</source>
            <translation>{field} : « {value} » n'est pas un nombre entier.</translation>
        </message>
        <message>
            <source>{field}: “{value}” is not in the list ({expected}).</source>
            <translation>{field} : « {value} » n'est pas dans la liste ({expected}).</translation>
        </message>
        <message>
            <source>{found} values where the line of titles has {expected}.</source>
            <translation>{found} valeurs alors que la ligne de titres en a {expected}.</translation>
        </message>
        <message>
            <source>{known} changes</source>
            <translation>{known} modifications</translation>
        </message>
        <message>
            <source>{limit} m at most</source>
            <translation>{limit} m au plus</translation>
        </message>
        <message>
            <source>{login} has no access any more.</source>
            <translation>{login} n'a plus d'accès.</translation>
        </message>
        <message>
            <source>{login} has no access to it. The administrator has to give some.</source>
            <translation>{login} n'y a pas accès. C'est à l'administrateur d'en donner un.</translation>
        </message>
        <message>
            <source>{login} has this access from now on.</source>
            <translation>{login} a désormais cet accès.</translation>
        </message>
        <message>
            <source>{login} will read and write nothing more in the shared database. What they wrote stays; what they have received stays in their files; their login stays on the server.</source>
            <translation>{login} ne lira et n'écrira plus rien dans la base partagée. Ce que cette personne a écrit reste ; ce qu'elle a reçu reste dans ses fichiers ; son compte reste sur le serveur.</translation>
        </message>
        <message>
            <source>{message} Nothing was written to {path}.</source>
            <translation>{message} Rien n'a été écrit dans {path}.</translation>
        </message>
        <message>
            <source>{metres} m away</source>
            <translation>à {metres} m</translation>
        </message>
        <message>
            <source>{mine} and {theirs} changed {what}</source>
            <translation>{mine} et {theirs} ont modifié {what}</translation>
        </message>
        <message>
            <source>{name} (presumed)</source>
            <translation>{name} (présumé)</translation>
        </message>
        <message>
            <source>{name} does not say where its rows lie. Its columns are: {columns}. Tell which ones hold the position, for example latitude=…;longitude=… or x=…;y=…;epsg=2154.</source>
            <translation>{name} ne dit pas où se trouvent ses lignes. Ses colonnes sont : {columns}. Indiquez celles qui contiennent la position, par exemple latitude=…;longitude=… ou x=…;y=…;epsg=2154.</translation>
        </message>
        <message>
            <source>{name} lacks columns of the format {format}. Its columns are: {columns}. Choose another format.</source>
            <translation>Il manque à {name} des colonnes du format {format}. Ses colonnes sont : {columns}. Choisissez un autre format.</translation>
        </message>
        <message>
            <source>{name} must be a file that ends in .{extension}: {value} does not.</source>
            <translation>{name} doit être un fichier dont le nom finit par .{extension} : ce n’est pas le cas de {value}.</translation>
        </message>
        <message>
            <source>{name} was made by an older version of the plugin.</source>
            <translation>{name} a été créé par une version plus ancienne de l’extension.</translation>
        </message>
        <message>
            <source>{name}_rejected.csv</source>
            <translation>{name}_rejets.csv</translation>
        </message>
        <message>
            <source>{name}_return_sheet.xlsx</source>
            <translation>{name}_fiche_retour.xlsx</translation>
        </message>
        <message>
            <source>{n} accepted exception</source>
            <translation>{n} acceptée</translation>
        </message>
        <message>
            <source>{n} accepted exceptions</source>
            <translation>{n} acceptées</translation>
        </message>
        <message>
            <source>{n} are set aside</source>
            <translation>{n} seront mises de côté</translation>
        </message>
        <message>
            <source>{n} contradiction</source>
            <translation>{n} contradiction</translation>
        </message>
        <message>
            <source>{n} contradiction to come</source>
            <translation>{n} contradiction à venir</translation>
        </message>
        <message>
            <source>{n} contradiction to decide</source>
            <translation>{n} contradiction à décider</translation>
        </message>
        <message>
            <source>{n} contradictions</source>
            <translation>{n} contradictions</translation>
        </message>
        <message>
            <source>{n} contradictions to come</source>
            <translation>{n} contradictions à venir</translation>
        </message>
        <message>
            <source>{n} contradictions to decide</source>
            <translation>{n} contradictions à décider</translation>
        </message>
        <message>
            <source>{n} error</source>
            <translation>{n} erreur</translation>
        </message>
        <message>
            <source>{n} errors</source>
            <translation>{n} erreurs</translation>
        </message>
        <message>
            <source>{n} exception to review</source>
            <translation>{n} à revoir</translation>
        </message>
        <message>
            <source>{n} exceptions to review</source>
            <translation>{n} à revoir</translation>
        </message>
        <message>
            <source>{n} findings to verify</source>
            <translation>{n} à vérifier</translation>
        </message>
        <message>
            <source>{n} is set aside</source>
            <translation>{n} sera mise de côté</translation>
        </message>
        <message>
            <source>{n} pass</source>
            <translation>{n} passeront</translation>
        </message>
        <message>
            <source>{n} passes</source>
            <translation>{n} passera</translation>
        </message>
        <message>
            <source>{n} record received</source>
            <translation>{n} fiche reçue</translation>
        </message>
        <message>
            <source>{n} record sent</source>
            <translation>{n} fiche envoyée</translation>
        </message>
        <message>
            <source>{n} record set aside</source>
            <translation>{n} fiche mise de côté</translation>
        </message>
        <message>
            <source>{n} record that will be set aside</source>
            <translation>{n} fiche qui sera mise de côté</translation>
        </message>
        <message>
            <source>{n} record to receive</source>
            <translation>{n} fiche à recevoir</translation>
        </message>
        <message>
            <source>{n} record to send</source>
            <translation>{n} fiche à envoyer</translation>
        </message>
        <message>
            <source>{n} record will be refused, as you do not write there or lack a right: it is set aside with its reason.</source>
            <translation>{n} fiche sera refusée, hors de vos territoires ou faute d'un droit : elle sera mise de côté avec son motif.</translation>
        </message>
        <message>
            <source>{n} record will be sent there at once; everybody reads there what their rights allow.</source>
            <translation>{n} fiche y sera envoyée tout de suite ; chacun y lit ce que ses droits permettent.</translation>
        </message>
        <message>
            <source>{n} records received</source>
            <translation>{n} fiches reçues</translation>
        </message>
        <message>
            <source>{n} records sent</source>
            <translation>{n} fiches envoyées</translation>
        </message>
        <message>
            <source>{n} records set aside</source>
            <translation>{n} fiches mises de côté</translation>
        </message>
        <message>
            <source>{n} records that will be set aside</source>
            <translation>{n} fiches qui seront mises de côté</translation>
        </message>
        <message>
            <source>{n} records to receive</source>
            <translation>{n} fiches à recevoir</translation>
        </message>
        <message>
            <source>{n} records to send</source>
            <translation>{n} fiches à envoyer</translation>
        </message>
        <message>
            <source>{n} records will be refused, as you do not write there or lack a right: they are set aside with the reason.</source>
            <translation>{n} fiches seront refusées, hors de vos territoires ou faute d'un droit : elles seront mises de côté avec leur motif.</translation>
        </message>
        <message>
            <source>{n} records will be sent there at once; everybody reads there what their rights allow.</source>
            <translation>{n} fiches y seront envoyées tout de suite ; chacun y lit ce que ses droits permettent.</translation>
        </message>
        <message>
            <source>{n} to verify</source>
            <translation>{n} à vérifier</translation>
        </message>
        <message>
            <source>{n} wait for your decision</source>
            <translation>{n} attendront votre décision</translation>
        </message>
        <message>
            <source>{n} waits for your decision</source>
            <translation>{n} attendra votre décision</translation>
        </message>
        <message>
            <source>{n} warning</source>
            <translation>{n} avertissement</translation>
        </message>
        <message>
            <source>{n} warnings</source>
            <translation>{n} avertissements</translation>
        </message>
        <message>
            <source>{path} cannot be opened: another program holds it or you may not read it. Close it there or copy it.</source>
            <translation>{path} ne peut pas être ouvert : un autre logiciel l'utilise ou vous n'avez pas le droit de le lire. Fermez-le dans ce logiciel ou copiez-le.</translation>
        </message>
        <message>
            <source>{path} cannot be read ({error}). Copy it again.</source>
            <translation>{path} ne peut pas être lu ({error}). Copiez-le de nouveau.</translation>
        </message>
        <message>
            <source>{path} cannot be read as a GIS file: it is damaged, cut short, or of another kind. Export it again.</source>
            <translation>{path} ne peut pas être lu comme un fichier SIG : il est endommagé, tronqué ou d'une autre nature. Exportez-le de nouveau.</translation>
        </message>
        <message>
            <source>{path} cannot be written ({error}). Choose another folder.</source>
            <translation>{path} ne peut pas être écrit ({error}). Choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>{path} does not say its reference system. Set it in QGIS and export the layer again.</source>
            <translation>{path} n'indique pas son système de référence. Définissez-le dans QGIS et exportez de nouveau la couche.</translation>
        </message>
        <message>
            <source>{path} has a line of titles and no row below it.</source>
            <translation>{path} a une ligne de titres et aucune ligne de données.</translation>
        </message>
        <message>
            <source>{path} has more than {limit} rows: cut it up.</source>
            <translation>{path} a plus de {limit} lignes : découpez-le.</translation>
        </message>
        <message>
            <source>{path} has no feature.</source>
            <translation>{path} ne contient aucune entité.</translation>
        </message>
        <message>
            <source>{path} has no filled sheet: there is nothing to import.</source>
            <translation>{path} n'a aucune feuille remplie : il n'y a rien à importer.</translation>
        </message>
        <message>
            <source>{path} has no line with the titles of the platform's export, such as Commune, Code INSEE, Adresse. Its first line is: {titles}. Choose the file that the platform gave.</source>
            <translation>{path} n'a aucune ligne avec les titres de l'export de la plateforme, comme Commune, Code INSEE, Adresse. Sa première ligne est : {titles}. Choisissez le fichier fourni par la plateforme.</translation>
        </message>
        <message>
            <source>{path} has titles and no site below them: there is nothing to import.</source>
            <translation>{path} a des titres et aucun site en dessous : il n'y a rien à importer.</translation>
        </message>
        <message>
            <source>{path} holds no drinking fountain nor tap mapped as a point.</source>
            <translation>{path} ne contient ni fontaine à boire ni robinet cartographié comme un point.</translation>
        </message>
        <message>
            <source>{path} holds no line that can be used. Choose a layer of lines.</source>
            <translation>{path} ne contient aucune ligne utilisable. Choisissez une couche de lignes.</translation>
        </message>
        <message>
            <source>{path} is a GeoPackage, but not a workspace of this plugin. Create a workspace and import the file.</source>
            <translation>{path} est un GeoPackage, mais pas un espace de travail de cette extension. Créez un espace de travail et importez-y ce fichier.</translation>
        </message>
        <message>
            <source>{path} is a folder. Choose a workspace file (.gpkg).</source>
            <translation>{path} est un dossier. Choisissez un fichier d’espace de travail (.gpkg).</translation>
        </message>
        <message>
            <source>{path} is a folder: choose a file.</source>
            <translation>{path} est un dossier : choisissez un fichier.</translation>
        </message>
        <message>
            <source>{path} is a spreadsheet or an archive, not a text. Open it and save it as “CSV UTF-8”.</source>
            <translation>{path} est un classeur ou une archive, pas un texte. Ouvrez-le et enregistrez-le en « CSV UTF-8 ».</translation>
        </message>
        <message>
            <source>{path} is a web page or an XML text, not a spreadsheet. Export again from the platform.</source>
            <translation>{path} est une page web ou un texte XML, pas un tableur. Refaites l'export depuis la plateforme.</translation>
        </message>
        <message>
            <source>{path} is a workspace: it was left as it is. Choose another name.</source>
            <translation>{path} est un espace de travail : il a été laissé tel quel. Choisissez un autre nom.</translation>
        </message>
        <message>
            <source>{path} is an archive without a spreadsheet in it. Choose the .xlsx file that the platform gave.</source>
            <translation>{path} est une archive sans tableur. Choisissez le fichier .xlsx fourni par la plateforme.</translation>
        </message>
        <message>
            <source>{path} is cut short: its end is missing. Download or copy it again.</source>
            <translation>{path} est tronqué : la fin manque. Téléchargez-le ou copiez-le de nouveau.</translation>
        </message>
        <message>
            <source>{path} is damaged or incomplete. Export it again, or open it and save it under another name.</source>
            <translation>{path} est endommagé ou incomplet. Refaites l'export, ou ouvrez-le et enregistrez-le sous un autre nom.</translation>
        </message>
        <message>
            <source>{path} is empty.</source>
            <translation>{path} est vide.</translation>
        </message>
        <message>
            <source>{path} is in the old format of Excel. Open it and save it as “Excel workbook (.xlsx)”.</source>
            <translation>{path} est dans l'ancien format d'Excel. Ouvrez-le et enregistrez-le comme « Classeur Excel (.xlsx) ».</translation>
        </message>
        <message>
            <source>{path} is neither in UTF-8 nor in Windows-1252. Save it again as “CSV UTF-8”.</source>
            <translation>{path} n'est ni en UTF-8 ni en Windows-1252. Enregistrez-le de nouveau en « CSV UTF-8 ».</translation>
        </message>
        <message>
            <source>{path} is no list of sites of the platform but a file of another kind ({kind}): use “Import Water Points…” or “Import Streets…”.</source>
            <translation>{path} n'est pas une liste de sites de la plateforme mais un fichier d'un autre type ({kind}) : utilisez « Importer des points d'eau… » ou « Importer des rues… ».</translation>
        </message>
        <message>
            <source>{path} is not a GeoPackage. Choose a workspace made by this plugin (.gpkg).</source>
            <translation>{path} n’est pas un GeoPackage. Choisissez un espace de travail créé par cette extension (.gpkg).</translation>
        </message>
        <message>
            <source>{path} is not a table of text. Give a CSV, GeoJSON, GeoPackage, shapefile or .osm.pbf file.</source>
            <translation>{path} n'est pas un tableau de texte. Donnez un fichier CSV, GeoJSON, GeoPackage, shapefile ou .osm.pbf.</translation>
        </message>
        <message>
            <source>{path} is not an OpenStreetMap extract (.osm.pbf).</source>
            <translation>{path} n'est pas un extrait OpenStreetMap (.osm.pbf).</translation>
        </message>
        <message>
            <source>{path} is on a network drive, where edits can be lost. Copy it to a disk of this computer.</source>
            <translation>{path} se trouve sur un lecteur réseau, où des modifications peuvent être perdues. Copiez-le sur un disque de cet ordinateur.</translation>
        </message>
        <message>
            <source>{path} is protected by a password. Open it, save it without password, and import it again.</source>
            <translation>{path} est protégé par un mot de passe. Ouvrez-le, enregistrez-le sans mot de passe, puis importez-le de nouveau.</translation>
        </message>
        <message>
            <source>{path} is the platform's list of sites, not a file of water points: use “Import Sites…”.</source>
            <translation>{path} est la liste des sites de la plateforme, pas un fichier de points d'eau : utilisez « Importer des sites… ».</translation>
        </message>
        <message>
            <source>{path} lists more than {limit} sites: nothing was read. Export it again, by department.</source>
            <translation>{path} liste plus de {limit} sites : rien n'a été lu. Refaites l'export, par département.</translation>
        </message>
        <message>
            <source>{path} names files or texts outside of itself (DOCTYPE): it was not read.</source>
            <translation>{path} renvoie à des fichiers ou des textes hors de lui-même (DOCTYPE) : il n'a pas été lu.</translation>
        </message>
        <message>
            <source>{path} unpacks to more than an export can hold: it was not read. Export it again, by department.</source>
            <translation>{path} se décompresse en plus qu'un export ne peut contenir : il n'a pas été lu. Refaites l'export, par département.</translation>
        </message>
        <message>
            <source>{percent} % of the people</source>
            <translation>{percent} % des personnes</translation>
        </message>
        <message>
            <source>{person}, proposed on {instant}</source>
            <translation>{person}, proposé le {instant}</translation>
        </message>
        <message>
            <source>{person}, written in the shared database on {instant}</source>
            <translation>{person}, écrit dans la base partagée le {instant}</translation>
        </message>
        <message>
            <source>{place} is read-only. Remove the protection, or copy the workspace to a folder of yours.</source>
            <translation>{place} est en lecture seule. Retirez la protection, ou copiez l’espace de travail dans un dossier à vous.</translation>
        </message>
        <message>
            <source>{point} is marked as serving a site that is not in this workspace.</source>
            <translation>{point} est marqué comme desservant un site absent de cet espace de travail.</translation>
        </message>
        <message>
            <source>{point} is marked as serving {site}, closed on {closed}.</source>
            <translation>{point} est marqué comme desservant {site}, fermé le {closed}.</translation>
        </message>
        <message>
            <source>{point} is marked as serving {site}, which is closed.</source>
            <translation>{point} est marqué comme desservant {site}, qui est fermé.</translation>
        </message>
        <message>
            <source>{point} is within {limit} m, but the streets around are not loaded: nobody can say whether a road, a railway or a watercourse is to be crossed. Import the streets.</source>
            <translation>{point} est à moins de {limit} m, mais les voies alentour ne sont pas chargées : on ignore s'il faut franchir une route, une voie ferrée ou un cours d'eau. Importez les voies.</translation>
        </message>
        <message>
            <source>{point} is {distance} m from the farthest place of the site, for a limit of {limit} m, but nobody can say whether it works and is drinkable: verify it on the spot.</source>
            <translation>{point} est à {distance} m de la partie la plus éloignée du site, pour une limite de {limit} m, mais rien ne dit s'il fonctionne et si son eau est potable : vérifiez sur place.</translation>
        </message>
        <message>
            <source>{point} lies {distance} m outside the footprint of {site}, whose form says that the water is on the site; the margin is {limit} m.</source>
            <translation>{point} est à {distance} m hors de l'emprise de {site}, dont le formulaire dit que l'eau est sur site ; la marge est de {limit} m.</translation>
        </message>
        <message>
            <source>{point} lies {distance} m outside the footprint of {site}: nobody said whether the water is on the site, or the accuracy of the positions does not allow to tell.</source>
            <translation>{point} est à {distance} m hors de l'emprise de {site} : personne n'a dit si l'eau est sur site, ou la précision des positions ne permet pas de trancher.</translation>
        </message>
        <message>
            <source>{point} serves {site}, which is marked as closed from {closed} on, after the reference date.</source>
            <translation>{point} dessert {site}, dont la fermeture est notée le {closed}, après la date de référence.</translation>
        </message>
        <message>
            <source>{point}, used by {sites}, was last visited on {visited}, {days} days ago; the limit is {limit} days.</source>
            <translation>{point}, utilisé par {sites}, a été visité pour la dernière fois le {visited}, il y a {days} jours ; la limite est de {limit} jours.</translation>
        </message>
        <message>
            <source>{point}, which stands for {sites}, is closed on {day}, as each year from {first} to {last} (month-day).</source>
            <translation>{point}, point d'eau de {sites}, est fermé le {day}, comme chaque année du {first} au {last} (mois-jour).</translation>
        </message>
        <message>
            <source>{point}, which stands for {sites}, is closed on {day}: a closure was announced.</source>
            <translation>{point}, point d'eau de {sites}, est fermé le {day} : une fermeture est annoncée.</translation>
        </message>
        <message>
            <source>{point}, which stands for {sites}, is closed or out of order on {day}.</source>
            <translation>{point}, point d'eau de {sites}, est fermé ou en panne le {day}.</translation>
        </message>
        <message>
            <source>{ratio} people share each tap, for a limit of {limit}, but nobody counted the people of another site around the same taps: count them.</source>
            <translation>{ratio} personnes se partagent chaque robinet, pour une limite de {limit}, mais les habitants d'un autre site autour des mêmes robinets n'ont pas été comptés : comptez-les.</translation>
        </message>
        <message>
            <source>{ratio} people share each tap, for a limit of {limit}: too close to call with an estimated number of people.</source>
            <translation>{ratio} personnes se partagent chaque robinet, pour une limite de {limit} : l'estimation du nombre d'habitants ne permet pas de trancher.</translation>
        </message>
        <message>
            <source>{ratio} people share each tap; the limit is {limit}. The site has {people} people and {taps} taps.</source>
            <translation>{ratio} personnes se partagent chaque robinet ; la limite est de {limit}. Habitants du site : {people} ; robinets à portée : {taps}.</translation>
        </message>
        <message>
            <source>{ratio} people would share each tap, for a limit of {limit}, but nobody counted the taps of every water point: count them.</source>
            <translation>{ratio} personnes se partageraient chaque robinet, pour une limite de {limit}, mais les robinets de tous les points d'eau n'ont pas été comptés : comptez-les.</translation>
        </message>
        <message>
            <source>{ratio} people would share each tap, for a limit of {limit}, if the water points whose state or potability is unknown are usable: verify them.</source>
            <translation>{ratio} personnes se partageraient chaque robinet, pour une limite de {limit}, si les points d'eau dont l'état ou la potabilité est inconnu sont utilisables : vérifiez-les.</translation>
        </message>
        <message>
            <source>{record}, to verify: “{faults}”.</source>
            <translation>{record}, à vérifier : « {faults} ».</translation>
        </message>
        <message>
            <source>{record}: an answer calls for “{columns}”.</source>
            <translation>{record} : une réponse exige « {columns} ».</translation>
        </message>
        <message>
            <source>{record}: what is written cannot be read as a date ({columns}).</source>
            <translation>{record} : ce qui est écrit n'est pas une date ({columns}).</translation>
        </message>
        <message>
            <source>{record}: {columns} may hold personal data ({faults}). Take out what names or reaches a person.</source>
            <translation>{record} : {columns} contient peut-être des données personnelles ({faults}). Ôtez ce qui nomme ou permet de joindre une personne.</translation>
        </message>
        <message>
            <source>{record}: {faults} in {columns}.</source>
            <translation>{record} : {faults} dans {columns}.</translation>
        </message>
        <message>
            <source>{record}: “{faults}”.</source>
            <translation>{record} : « {faults} ».</translation>
        </message>
        <message>
            <source>{rule} Correct the record in its form.</source>
            <translation>{rule} Corrigez la fiche dans son formulaire.</translation>
        </message>
        <message>
            <source>{sender} and {other} both entered this record, with different values of {what}.</source>
            <translation>{sender} et {other} ont tous deux saisi cette fiche, avec des valeurs différentes de {what}.</translation>
        </message>
        <message>
            <source>{sender} and {other} gave different values to {what}.</source>
            <translation>{sender} et {other} ont donné des valeurs différentes à {what}.</translation>
        </message>
        <message>
            <source>{sender} changed this record, or added something to it. Meanwhile {other} deleted it.</source>
            <translation>{sender} a modifié cette fiche ou y a ajouté quelque chose. Entre-temps, {other} l’a supprimée.</translation>
        </message>
        <message>
            <source>{sender} deleted this record. Meanwhile {other} changed it, or added something to it.</source>
            <translation>{sender} a supprimé cette fiche. Entre-temps, {other} l’a modifiée ou y a ajouté quelque chose.</translation>
        </message>
        <message>
            <source>{sent} sent, {received} received, {conflicts} to decide, {quarantined} set aside.</source>
            <translation>Envoyées : {sent}, reçues : {received}, à décider : {conflicts}, mises de côté : {quarantined}.</translation>
        </message>
        <message>
            <source>{shown} of {known} changes</source>
            <translation>{shown} modifications sur {known}</translation>
        </message>
        <message>
            <source>{shown} shown of {total}</source>
            <translation>{shown} sur {total} à l'écran</translation>
        </message>
        <message>
            <source>{sign} marks what differs from the starting value.</source>
            <translation>{sign} marque ce qui diffère de la valeur de départ.</translation>
        </message>
        <message>
            <source>{territory} – situation on {day}</source>
            <translation>{territory} – situation au {day}</translation>
        </message>
        <message>
            <source>{title} – Shared Database</source>
            <translation>{title} – base partagée</translation>
        </message>
        <message>
            <source>{title} – rows: {count}</source>
            <translation>{title} – lignes : {count}</translation>
        </message>
        <message>
            <source>{told} See the page Sharing.</source>
            <translation>{told} Voyez la page Partage.</translation>
        </message>
        <message>
            <source>{told}, differs from the starting value</source>
            <translation>{told}, diffère de la valeur de départ</translation>
        </message>
        <message>
            <source>{unknown} of {asked} ({percent} %)</source>
            <translation>{unknown} sur {asked} ({percent} %)</translation>
        </message>
        <message>
            <source>{what}, entered twice: {sender} and {other}</source>
            <translation>{what}, saisi deux fois : {sender} et {other}</translation>
        </message>
        <message>
            <source>{what}: {count}</source>
            <translation>{what} : {count}</translation>
        </message>
        <message>
            <source>{what}: {reason}</source>
            <translation>{what} : {reason}</translation>
        </message>
        <message>
            <source>{what}: {sender} and {other}</source>
            <translation>{what} : {sender} et {other}</translation>
        </message>
        <message>
            <source>{where} does not keep what is handed over ({reason}): nothing was kept. Export the list, and give the file to the administrator.</source>
            <translation>{where} ne garde pas ce qui est remis ({reason}) : rien n'a été gardé. Exportez la liste, et donnez le fichier à l'administrateur.</translation>
        </message>
        <message>
            <source>{where} does not take as much at once ({reason}): nothing was written, and your changes are kept. Update this plugin, then synchronise again; if this lasts, tell the administrator.</source>
            <translation>{where} n'en accepte pas autant à la fois ({reason}) : rien n'a été écrit, et vos modifications sont gardées. Mettez cette extension à jour, puis synchronisez de nouveau ; si cela dure, prévenez l'administrateur.</translation>
        </message>
        <message>
            <source>{where} does not understand what this plugin sends ({reason}): nothing was written, your changes are kept. Update this plugin, then synchronise again; if this lasts, tell the administrator.</source>
            <translation>{where} ne comprend pas ce qu'envoie cette extension ({reason}) : rien n'a été écrit, vos modifications sont gardées. Mettez cette extension à jour, puis synchronisez de nouveau ; si cela dure, prévenez l'administrateur.</translation>
        </message>
        <message>
            <source>{where} is not the shared database to which this workspace is attached, or it was made anew: nothing was sent. Use the connection with which it was attached. If it is the right one, ask the administrator; once it is certain that the database was made anew, detach the workspace, then attach it again.</source>
            <translation>{where} n’est pas la base partagée à laquelle cet espace est rattaché, ou elle a été refaite : rien n’a été envoyé. Utilisez la connexion du rattachement. Si c’est la bonne, demandez à l’administrateur ; une fois certain que la base a été refaite, détachez l’espace, puis rattachez-le.</translation>
        </message>
        <message>
            <source>{where}: you are {login}, {role}.</source>
            <translation>{where} : vous êtes {login}, {role}.</translation>
        </message>
        <message>
            <source>“{code}” is no department, intercommunality or commune. Give codes such as 31, 243100518 or 31555, separated by commas.</source>
            <translation>« {code} » n’est ni un département, ni une intercommunalité, ni une commune. Donnez des codes tels que 31, 243100518 ou 31555, séparés par des virgules.</translation>
        </message>
        <message>
            <source>“{field}” already holds this value.</source>
            <translation>« {field} » a déjà cette valeur.</translation>
        </message>
        <message>
            <source>“{field}” cannot be empty any more: keep its value.</source>
            <translation>« {field} » ne peut plus être vide : gardez sa valeur.</translation>
        </message>
        <message>
            <source>“{field}” cannot be sent ({reason}). Correct the value.</source>
            <translation>« {field} » ne peut pas être envoyé ({reason}). Corrigez la valeur.</translation>
        </message>
        <message>
            <source>“{field}” does not know this value any more: choose another.</source>
            <translation>« {field} » ne connaît plus cette valeur : choisissez-en une autre.</translation>
        </message>
        <message>
            <source>“{field}” does not take this value: nothing was written to {path}. Correct the value.</source>
            <translation>« {field} » n'accepte pas cette valeur : rien n'a été écrit dans {path}. Corrigez la valeur.</translation>
        </message>
        <message>
            <source>“{field}” holds {limit} characters at most. Shorten it.</source>
            <translation>« {field} » contient {limit} caractères au plus. Raccourcissez-le.</translation>
        </message>
        <message>
            <source>“{field}” is already used by another record: nothing was written to {path}. Correct the value.</source>
            <translation>La valeur de « {field} » est déjà prise par une autre fiche : rien n'a été écrit dans {path}. Corrigez la valeur.</translation>
        </message>
        <message>
            <source>“{field}” is filled by the program: it cannot be restored.</source>
            <translation>« {field} » est rempli par le programme : il ne peut pas être rétabli.</translation>
        </message>
        <message>
            <source>“{field}” is not filled in, and the schema asks for it.</source>
            <translation>« {field} » n’est pas rempli, et le schéma le demande.</translation>
        </message>
        <message>
            <source>“{field}” is required in the shared database. Fill it in.</source>
            <translation>« {field} » est obligatoire dans la base partagée. Renseignez ce champ.</translation>
        </message>
        <message>
            <source>“{field}” is required.</source>
            <translation>« {field} » est obligatoire.</translation>
        </message>
        <message>
            <source>“{field}” is required. Fill it in.</source>
            <translation>« {field} » est obligatoire. Remplissez-le.</translation>
        </message>
        <message>
            <source>“{field}” is required: nothing was written to {path}. Fill it in.</source>
            <translation>« {field} » est obligatoire : rien n'a été écrit dans {path}. Remplissez ce champ.</translation>
        </message>
        <message>
            <source>“{field}”: “{value}” does not have the form the schema asks for.</source>
            <translation>« {field} » : « {value} » n’a pas la forme que le schéma demande.</translation>
        </message>
        <message>
            <source>“{kept}” stays and “{dropped}” goes; what belongs to it (dwellings, counts, photos…) is given to the one that stays. Choose what to keep where both have an answer.</source>
            <translation>« {kept} » reste et « {dropped} » disparaît ; ce qui lui appartient (habitations, comptages, photos…) est donné à celle qui reste. Choisissez ce qu'il faut garder quand les deux ont une réponse.</translation>
        </message>
        <message>
            <source>“{language}” is not one of the languages fr and en.</source>
            <translation>« {language} » n'est pas l'une des langues fr et en.</translation>
        </message>
        <message>
            <source>“{name}” is not in the list: choose one of its lines.</source>
            <translation>« {name} » n'est pas dans la liste : choisissez une de ses lignes.</translation>
        </message>
        <message>
            <source>“{name}” waits for an administrator.</source>
            <translation>« {name} » attend un administrateur.</translation>
        </message>
        <message>
            <source>“{part}” is no decision. Write the line and the identifier of a site, or new, or skip: 12=new;13=skip.</source>
            <translation>« {part} » n'est pas une décision. Écrivez la ligne et l'identifiant d'un site, ou new, ou skip : 12=new;13=skip.</translation>
        </message>
        <message>
            <source>“{part}” is not a part of a commune.</source>
            <translation>« {part} » n’est pas une partie d’une commune.</translation>
        </message>
        <message>
            <source>“{value}” cannot be used for {name}. Give another value.</source>
            <translation>« {value} » ne convient pas pour {name}. Donnez une autre valeur.</translation>
        </message>
        <message>
            <source>“{value}” cannot be used for {name}: give a number from {least} to {most}.</source>
            <translation>« {value} » ne convient pas pour {name} : donnez un nombre de {least} à {most}.</translation>
        </message>
        <message>
            <source>“{value}” cannot be used for {name}: give a number of {least} or more.</source>
            <translation>« {value} » ne convient pas pour {name} : donnez un nombre d’au moins {least}.</translation>
        </message>
        <message>
            <source>“{value}” is none of the choices of {name}: {choices}.</source>
            <translation>« {value} » n’est pas un choix possible pour {name} : {choices}.</translation>
        </message>
        <message>
            <source>“{value}” is not a coordinate.</source>
            <translation>« {value} » n'est pas une coordonnée.</translation>
        </message>
        <message>
            <source>“{value}” is not a date. Give a date such as 2026-07-01.</source>
            <translation>« {value} » n'est pas une date. Donnez une date comme 2026-07-01.</translation>
        </message>
        <message>
            <source>“{value}” is not a geometry in GeoJSON.</source>
            <translation>« {value} » n'est pas une géométrie en GeoJSON.</translation>
        </message>
        <message>
            <source>“{value}” is not a geometry in WKT.</source>
            <translation>« {value} » n'est pas une géométrie en WKT.</translation>
        </message>
        <message>
            <source>“{value}” is not a pair of coordinates.</source>
            <translation>« {value} » n'est pas un couple de coordonnées.</translation>
        </message>
        <message>
            <source>“{value}” is not an EPSG code such as 2154.</source>
            <translation>« {value} » n'est pas un code EPSG tel que 2154.</translation>
        </message>
        <message>
            <source>… and {count} other cells left out; the report lists them.</source>
            <translation>… et {count} autres cellules laissées de côté ; le rapport les donne toutes.</translation>
        </message>
        <message>
            <source>… and {count} other rows rejected.</source>
            <translation>… et {count} autres lignes rejetées.</translation>
        </message>
        <message>
            <source>↑ Go to the shared database: {records}.</source>
            <translation>↑ Partent vers la base partagée : {records}.</translation>
        </message>
        <message>
            <source>↑ Nothing goes to the shared database.</source>
            <translation>↑ Rien ne part vers la base partagée.</translation>
        </message>
        <message>
            <source>↑ To send ({count})</source>
            <translation>↑ À envoyer ({count})</translation>
        </message>
        <message>
            <source>↓ Come from it into this workspace: {records}.</source>
            <translation>↓ Arrivent de la base dans cet espace de travail : {records}.</translation>
        </message>
        <message>
            <source>↓ Nothing comes from it.</source>
            <translation>↓ Aucune fiche n'en vient.</translation>
        </message>
        <message>
            <source>↓ To receive ({count})</source>
            <translation>↓ À recevoir ({count})</translation>
        </message>
        <message>
            <source>○ Handed over on {when}: it waits for an administrator. Again, it takes its place.</source>
            <translation>○ Remise le {when} : elle attend un administrateur. La remettre de nouveau la remplace.</translation>
        </message>
        <message>
            <source>⚠ Another program took {gone} of the {known} records out of “{layer}”, and no deletion was seen: they would be deleted for everybody. If nobody wanted this, cancel, and take the workspace again from a copy.</source>
            <translation>⚠ Un autre programme a retiré {gone} des {known} fiches de « {layer} », sans qu’aucune suppression ait été vue : elles seraient supprimées pour tout le monde. Si personne ne l’a voulu, annulez, et reprenez l’espace de travail d’une copie.</translation>
        </message>
        <message>
            <source>⚠ Conflict: yours stays</source>
            <translation>⚠ Conflit : le vôtre reste</translation>
        </message>
        <message>
            <source>⚠ No record will pass as it is: {troubles}. Synchronise all the same: then you decide on what both sides changed, and read why a record is set aside. Nothing is lost.</source>
            <translation>⚠ Aucune fiche ne passera telle quelle : {troubles}. Synchronisez quand même : vous pourrez alors décider de ce qui a été modifié des deux côtés, et lire pourquoi une fiche est mise de côté. Rien n'est perdu.</translation>
        </message>
        <message>
            <source>⚠ {troubles}. Afterwards you decide on what both sides changed, and read why a record is set aside. Nothing is lost.</source>
            <translation>⚠ {troubles}. Ensuite, vous déciderez de ce qui a été modifié des deux côtés, et lirez pourquoi une fiche est mise de côté. Rien n'est perdu.</translation>
        </message>
        <message>
            <source>✔ Handed over on {when}, settled by {who}: {answer}</source>
            <translation>✔ Remise le {when}, réglée par {who} : {answer}</translation>
        </message>
        <message>
            <source>✕ Left out</source>
            <translation>✕ Laissé de côté</translation>
        </message>
    </context>
</TS>
