"""The wordings of the behavioural suite: templates with slots, and what fills them.

Everything stands twice, in a part that training may use (`TRAIN`) and a part that it never sees (`TEST`): other
sentences, other quantities, other verbs. Labels follow label_guidelines.md; `+`, `0` and `-` are positive, neutral and
negative, and `0+` allows both. The sentences are this project's own.
"""

from __future__ import annotations

BAD_QUANTITIES = {
    "TRAIN": [
        "Unemployment", "Inflation", "Violent crime", "Murder rate", "Road deaths", "Child poverty", "Homelessness", "Infant mortality", "Measles cases", "Bankruptcies",
        "Hospital waiting times", "Carbon emissions", "Overdose deaths", "Food prices", "Mortgage arrears", "School absences", "Power cuts", "Air pollution", "Household debt",
        "Job losses", "Cancer deaths", "Rents", "Car thefts", "Covid infections", "Budget deficit", "Gun violence", "Heating bills", "Flight delays", "Asthma attacks",
        "Arson attacks", "Workplace accidents", "Domestic abuse", "Traffic jams", "Tax evasion", "Data breaches", "Phone scams", "Insolvencies", "Long-term sickness", "Water shortages", "Rail delays",
        "Premature births", "Stroke deaths", "Dropout rates", "Truancy", "Drug arrests", "Pedestrian deaths", "Food waste", "Sewage spills", "Methane leaks", "Overcrowding in prisons", "Kidnappings", "Piracy attacks",
        "Landmine casualties", "Hunger", "Stunting", "Student debt", "Interest on public debt", "Loan defaults", "Trade deficit", "Vacant shops", "Antibiotic resistance", "Dengue cases", "Hospital infections",
        "Animal cruelty cases", "Bullying", "Loneliness", "Illegal logging", "Poaching", "Coral bleaching", "Fly-tipping", "Tuberculosis cases", "Emergency call-outs", "Complaints against banks", "Redundancies", "Child marriage",
    ],
    "TEST": [
        "Burglaries", "Evictions", "Suicides", "Flu infections", "Shoplifting", "Layoffs", "Electricity bills", "Foreclosures", "Knife attacks", "Drownings", "Hate crimes",
        "Deforestation", "Malaria deaths", "Jobless claims", "Train cancellations", "Plastic waste", "Teenage smoking", "Wildfire damage", "Poverty", "Petrol prices",
    ],
}
GOOD_QUANTITIES = {
    "TRAIN": [
        "Wages", "Exports", "Life expectancy", "Vaccination rates", "Literacy", "Retail sales", "Factory orders", "Consumer confidence", "Tourist arrivals", "Crop yields",
        "School attendance", "Profits", "Hiring", "Household savings", "Solar power output", "Charity donations", "Home building", "Business investment", "Test scores", "Revenue",
        "Bee numbers", "Air quality", "Voter turnout", "Public trust", "Farm incomes", "Economic growth", "Customer satisfaction",
        "Blood donations", "Apprenticeships", "Rail punctuality", "Recycling", "Wind power output", "Construction starts", "Wheat harvest", "Wage growth", "Disposable income", "Female employment", "Cinema attendance",
        "Library visits", "Tree planting", "Whale numbers", "Birth weight", "Breast cancer survival", "Kidney transplants", "Reading scores", "Degree completion", "First-time home ownership", "Start-up funding", "Patent filings",
        "Foreign investment", "Trade surplus", "Industrial output", "Services activity", "Consumer spending", "Orders for new ships", "Hotel bookings", "Passenger numbers", "Dividends", "Job vacancies", "Investor optimism",
        "Approval of the peace plan", "Access to clean water", "Broadband coverage", "Vaccine uptake", "Maternal health", "School enrolment of girls", "Wetland area", "Otter numbers", "Fish catches", "Dairy yields", "Bus ridership",
        "Police clear-up rates", "Pay for nurses", "Household wealth", "Savings rates", "Support for refugees", "Participation in sport",
    ],
    "TEST": [
        "Household incomes", "Graduation rates", "New business registrations", "Bird populations", "Car sales", "Volunteer numbers", "Forest cover", "Organ donations",
        "Employment", "Productivity", "Pensions", "Salmon stocks", "Cancer survival rates", "Manufacturing output", "Museum visits", "Water quality", "Purchasing power", "Earnings",
    ],
}
FALLS = {
    "TRAIN": [
        "falls", "falls sharply", "drops 12%", "declines for third month", "eases", "slides", "falls to lowest level since 2009", "is down by a fifth", "slows", "tumbles",
        "falls further than expected", "halves in a decade", "hits ten-year low", "drops again in March", "dips below 4%", "shrinks", "plunges", "keeps falling", "sinks to record low",
        "falls by 7% in a year", "edges lower", "drops for the first time since 2011", "falls to lowest since records began", "is lower than a year ago", "comes down again", "falls by half", "recedes", "cools", "weakens",
        "drops from 14% to 9%", "is on the decline", "continues its downward trend", "collapses", "dwindles", "falls faster than forecast", "drops to a five-year low", "fell last quarter", "has dropped since spring", "lessens",
        "nosedives", "subsides", "slips", "dips", "contracts", "is at its lowest level for a generation", "diminishes", "falls in every region",
    ],
    "TEST": [
        "drops by a third", "goes down", "at lowest in 20 years", "decreases for fifth straight quarter", "cut in half since 2015", "has fallen 8% this year", "retreats",
        "down 15% on last year", "reaches all-time low", "drops to pre-pandemic levels", "is dropping fast",
    ],
}
RISES = {
    "TRAIN": [
        "rises", "rises sharply", "jumps 12%", "climbs for third month", "soars", "surges", "rises to highest level since 2009", "is up by a fifth", "accelerates", "grows",
        "rises more than expected", "doubles in a decade", "hits ten-year high", "increases again in March", "tops 9%", "swells", "spikes", "keeps rising", "climbs to record high",
        "rises by 7% in a year", "edges higher", "rises for the first time since 2011", "rises to highest since records began", "is higher than a year ago", "goes on rising", "rises by half", "builds up", "heats up", "strengthens",
        "rises from 9% to 14%", "is on the increase", "continues its upward trend", "shoots up", "multiplies", "rises faster than forecast", "climbs to a five-year high", "rose last quarter", "has risen since spring", "picks up",
        "skyrockets", "expands", "ticks up", "gains", "advances", "is at its highest level for a generation", "leaps", "rises in every region", "triples", "stays at record level",
    ],
    "TEST": [
        "grows by a third", "goes up", "at highest in 20 years", "increases for fifth straight quarter", "doubled since 2015", "has risen 8% this year", "mounts",
        "up 15% on last year", "reaches all-time high", "rises above pre-pandemic levels", "is climbing fast",
    ],
}
WHERE = {
    "TRAIN": ["", " in Ohio", " across Europe", " in Japan", ", report says", " in the capital", ", official figures show", " nationwide", " – data", " in Kenya", " in rural areas", " among the young", " since the reform", ", new data show", ", says ministry", " this winter", " in Glasgow", " despite forecasts"],
    "TEST": ["", " in Texas", " in Spain", ", study finds", " in coastal towns", " across the region", ": statistics office", " in Brazil"],
}
NOUN_FALLS = {
    "TRAIN": ["Fall in {q}", "Sharp drop in {q}", "{place} sees {q} fall to record low", "{place} reports fewest {q} in years", "Big decline in {q}, new figures show", "{place}: {q} fall for third year", "Steady reduction in {q} since 2019", "Why {q} are falling in {place}", "Lower {q} in {place} than at any time since 1990", "{q} no longer rising in {place}"],
    "TEST": ["{place} celebrates steep decline in {q}", "Decrease in {q} for second year", "{place}: {q} down again"],
}

# Kind, part, label, sentences; {slots} are filled in turn from SLOTS.
SENTENCES: dict[str, dict[str, dict[str, list[str]]]] = {
    "negation": {
        "TRAIN": {
            "-": [
                "Talks end without agreement in {place}", "{company} will not meet its profit target", "New drug does not help patients with dementia, trial shows", "No relief in sight for farmers hit by drought",
                "{place} bridge repairs not finished after ten years", "Hospital failed to act on warnings, inquiry finds", "Families still not paid after {company} collapse", "No hope of survivors after {place} mine blast",
                "Minister not telling the truth, says watchdog", "{company} refunds never arrived, customers say", "Rescue plan does nothing for small firms, critics say", "School not safe for children, inspectors warn",
                "Peace deal not holding in {place}", "{place} cannot pay its teachers", "Vaccine does not protect against new variant, study suggests", "Nobody came to help, flood victims say",
                "{company} fails to win back customers", "Not enough nurses to keep ward open, hospital says", "No justice for families ten years after fire", "Promised homes never built in {place}",
                "{place} hospital has no beds left", "Election not free or fair, observers say", "{company} drops plan to hire 500", "Survivors still without homes a year after {place} quake",
                "Ceasefire talks yield nothing", "Court denies justice to victims, lawyers say", "{company} never recovered from recall", "No water, no food: life in besieged {place}",
                "Pensioners not told about lost savings", "Trial shows no benefit from costly drug", "Not enough done to stop abuse, report finds", "{place} misses climate target",
                "No apology for {place} families", "{company} cannot find buyers for its homes", "Nothing left to save at burned {place} church", "Patients no longer trust {place} clinic",
                "Neither side gives way as {place} strike drags on", "Help never came, {place} islanders say", "Without heating for a month: {place} tenants despair", "{place} team still without a win",
                "Warnings were not passed on before {place} flood", "Not one street light works in {place}", "{company} stops paying suppliers", "School meals no longer free in {place}",
            ],
            "+": [
                "No deaths on {place} roads for a whole year", "{company} avoids strike with pay deal", "{place} goes a full year without a murder", "No child left hungry: school meals scheme reaches all of {place}",
                "Patients no longer have to wait for cancer tests in {place}", "{company} no longer in danger of closing", "River never been cleaner, scientists say", "{place} families no longer face eviction after ruling",
                "Never been safer to fly, study says", "No more polio cases in {place}, health agency says", "{place} no longer needs food aid", "Tumour gone: no trace of cancer after new treatment",
                "Rare tiger no longer endangered", "Not a single job lost as {company} saves plant", "Volunteers never gave up: lost hiker found alive", "Nothing but praise for {place} nurses in new report",
                "No child turned away as {place} nursery expands", "{place} hospital reports no infections for a year", "{company} will not close {place} works after all", "Nobody sleeping rough in {place} for first time",
                "Not one passenger hurt as crew lands stricken plane", "{place} pupils no longer go hungry at lunch", "No more delays: {place} metro opens on time", "{company} drops hidden fees",
                "Tax on sanitary products no longer charged in {place}", "Never before so many graduates in {place}", "Doctors stop a cancer that could not be treated", "Girl never gave up, and now walks again",
                "{place} no longer on list of unsafe cities", "Without a single fault: {company} car passes every test", "Nothing can stop {place} choir on way to title", "No complaints for a year at {place} care home",
                "Workers will not have to repay {company} bonus", "No jobs at risk in {company} merger, unions told",
            ],
            "0+": [
                "No injuries after {place} school bus leaves road", "No one hurt in {place} warehouse fire", "Storm passes {place} without damage", "{place} earthquake causes no casualties",
                "No evidence of contamination in {place} water, tests show", "Review finds no wrongdoing by {company}", "Not guilty: {place} nurse cleared of all charges", "No plans to raise tuition fees, minister says",
                "No damage after tremor near {place}", "{company} denies plan to leave {place}", "Nobody injured as crane topples in {place}", "No sign of leak at {place} plant, inspectors say",
                "{place} not at risk from ash cloud", "Minister rules out new tax on homes", "No charges against {place} driver", "Police find no bomb at {place} station",
            ],
        },
        "TEST": {
            "-": [
                "{company} does not expect to recover this year", "No progress at climate talks in {place}", "{place} still without power a week after storm", "Refugees not welcome in {place}, mayor says",
                "Operation did not succeed, doctors say", "No money left for {place} libraries", "{company} never warned users about leak", "Cease-fire fails to stop fighting near {place}",
                "Workers not told of plant closure until last day", "Not one promise kept to quake survivors", "Police did not answer calls for help, report says", "{place} no longer safe for journalists",
            ],
            "+": [
                "{place} records no drowning for the first summer in decades", "No more queues: {place} clears surgery backlog", "{company} workers will not lose their pensions after all", "Doctors could not believe it: paralysed man walks again",
                "Girl never stopped dreaming, now wins science prize", "{place} no longer on list of most polluted cities", "Not one patient fell ill in successful vaccine trial", "No hunger in {place} this winter thanks to bumper harvest",
            ],
            "0+": [
                "Nobody injured when crane topples in {place}", "No damage reported after {place} tremor", "Investigators find no fault with {company} brakes", "{place} flood fears did not come true",
            ],
        },
    },
    "averted": {
        "TRAIN": {
            "+": [
                "Strike at {company} called off after deal", "Disaster averted as pilot lands burning plane safely in {place}", "{place} lifts flood warning as rivers recede", "Cholera outbreak in {place} declared over",
                "War ends after peace treaty signed in {place}", "Hostages freed unharmed after siege in {place}", "{place} wildfire fully contained", "Missing toddler found safe in {place}",
                "Bomb defused near {place} school", "{company} saved from bankruptcy by last-minute investor", "Famine averted in {place} as aid arrives", "Power restored to thousands in {place} after storm",
                "Ebola epidemic over, health officials say", "Shutdown avoided as lawmakers reach agreement", "{place} ends decade-long drought", "Blockade of {place} port lifted", "Kidnapped teacher returns home to {place}",
                "Miners trapped for three days rescued in {place}", "Attack on {place} market foiled, no one hurt", "Curfew lifted in {place} as calm returns", "{company} recall ends after fix found", "Siege of {place} broken as relief convoy gets through",
                "{company} reverses plan to close factory", "Landslide danger over, {place} villagers return home", "Recession fears fade as economy recovers", "Oil spill off {place} cleaned up",
                "Strike at {company} called off", "{place} flood threat passes", "Missing {place} girl found safe", "{company} saved from bankruptcy",
                "Power restored in {place}", "Hostages released after {place} siege ends peacefully", "Cholera outbreak in {place} contained", "Wildfire near {place} brought under control",
                "Miners trapped near {place} freed", "{place} bridge reopens after repairs", "{place} ceasefire holds", "Deal ends {place} bus strike",
                "Blockade of {place} port lifted", "War in {place} ends after two decades", "{company} scraps job cuts", "Killer of {place} student caught",
                "Airlift brings last families out of {place}", "{place} drought is over", "Boil-water notice lifted in {place}", "Ebola patient in {place} recovers",
                "Default averted as {place} reaches deal with lenders", "{place} evacuees allowed to go home", "Man rescued from {place} well after 30 hours", "Shutdown avoided by last-minute vote",
                "{company} fixes flaw before it was abused", "Ransom plot against {company} thwarted", "Locusts driven off near {place}", "Plane lands safely after engine fails",
                "{place} baby recovers after surgery", "Hunger strike ends as {place} meets demands", "Crisis over: {place} bank repays its rescue", "Oil tanker off {place} refloated without a spill",
            ],
        },
        "TEST": {
            "+": [
                "Walkout at {company} averted by eleventh-hour agreement", "Tsunami warning for {place} cancelled", "Measles outbreak in {place} officially ends", "Climbers stranded on mountain near {place} brought down safely",
                "Truce ends three years of fighting around {place}", "{place} escapes worst of hurricane", "Water ban in {place} ends after good rains", "Gas leak in {place} sealed, residents back home",
                "Journalist released after two years in prison", "{company} plant spared from closure", "Stolen painting recovered in {place}", "Lockdown lifted in {place}", "Dam holds: {place} out of danger",
                "Collapse of {company} prevented by rescue loan", "Boy pulled alive from rubble in {place}", "Sanctions on {place} lifted after deal",
            ],
        },
    },
    "figures of speech": {
        "TRAIN": {
            "+": [
                "{company} crushes earnings expectations", "Killer deal: {company} laptop at half price", "{company} shares on fire after strong results", "Tiny bakery in {place} is a smash hit", "New film is a blast from start to finish",
                "{place} band slays at festival debut", "This phone is insanely good", "Home team makes a killing in transfer window sales", "Singer blows audience away in {place}", "Drop-dead gorgeous gardens open to all in {place}",
                "{company} knocks it out of the park with new tablet", "Wicked good pies from {place}", "Comic kills it on opening night", "{company} storms to record quarter", "Young chef takes {place} by storm",
                "A monster of a bargain: TV cheaper than ever", "Breakout star steals the show in {place}", "Explosive growth for {company} cloud business",
                "{company} hits the jackpot with new game", "{place} striker is red-hot", "{company} is on a roll", "This soup is a knockout",
                "{place} gardener is over the moon", "{company} leaves rivals in the dust", "A show not to be missed, say critics in {place}", "{company} steams ahead",
                "Pianist, 12, slays the audience in {place}", "{company} bounces back with a bang", "Bargain hunters rejoice: {company} slashes prices", "{place} diner is a hidden gem",
                "{company} rides high on phone sales", "Home run for {place} start-up", "Wildly good: new bakery in {place}", "Comedian leaves {place} in stitches",
                "{company} beats the odds", "Her voice floors the judges", "{place} turns the corner", "{company} lights up the market",
                "Terrific value: the tent that beats them all", "{company} wins the lottery with new contract", "Criminally good cheese from {place}", "Rookie tears up the record book",
                "{company} crosses the finish line first", "The film that is breaking hearts in the best way", "{place} keeper walks on water", "Dead easy and delicious: dinner for two",
                "Jaw-dropping views from {place} tower",
            ],
            "0": [
                "{place} declares war on plastic bags", "The battle of the budget phones: which one to choose", "{company} and rivals fight for streaming rights", "Candidates cross swords over school curriculum: what each of them proposes",
                "How to beat the heat in {place} this summer", "{company} drops new trailer", "Inside the arms race for faster chips", "Bullet train line to {place}: the route explained", "Chefs go head to head in {place} cook-off",
                "{company} fires up test of new engine", "Crunch time: when {place} votes and how", "The hit list: ten songs of the week", "Deadline day: every transfer at a glance", "A crash course in sourdough", "{company} launches attack ad parody for snack brand",
                "{place} to host clash of the brass bands", "Tech giants battle over a plug", "{company} kills off its yellow logo", "{place} council shoots down name for a new street",
                "{company} cuts the ribbon on its office", "The race for {place} town hall: who is standing", "A bloody mary to go with it: six recipes", "{company} drops a hint about its next phone",
                "How to crush garlic", "The bomb cyclone, explained", "Candidates spar over bus lanes", "Tug of war: the history of a village game",
                "{company} and {place} bury the lead: a quiz", "Photo shoot: a day in {place}", "{company} tests the waters in {place}", "Who will break the deadlock? What to know about the vote",
                "Fire sale season: when shops change their stock", "Explosive plants: how seeds travel", "Cutting-edge or old hat? Phones compared", "Heat of the moment: what {place} wears in July",
                "Striking colours: a guide to autumn leaves", "Cold war of the coolers: which one fits", "Head to head: two vacuum cleaners", "{company} pulls back the curtain on its studio",
                "Beat the clock: ten puzzles", "How {company} cracked the code of sizes",
            ],
            "-": [
                "{company} shares bleed as investors flee", "Storm clouds gather over {place} economy", "{company} on thin ice with regulators", "House of cards: how {company} fell apart", "Clock is ticking for flooded {place}",
                "{place} housing market hits a wall", "{company} boss under fire over bonuses", "Dark days for {place} steel workers", "{company} hangs by a thread", "Minister thrown under the bus by own party", "Red flags ignored at {company}",
                "Wheels come off {company} turnaround", "Rotten to the core: inquiry into {place} police", "Uphill battle for {place} shopkeepers as costs bite",
                "{company} in free fall", "{place} budget is a ticking time bomb", "{company} drowns in debt", "Nail in the coffin for {place} high street",
                "{company} faces a storm of criticism", "Patience runs out with {place} mayor", "{company} shoots itself in the foot", "{place} schools at the end of their tether",
                "The bottom falls out of {place} housing market", "{company} hits rock bottom", "Blood on the trading floor", "{company} burns through its cash",
                "{place} left in the dark over closures", "{company} loses its shine", "The writing is on the wall for {place} pubs", "Bad blood at {company}",
                "{company} sails into trouble", "A slap in the face for {place} teachers", "Bubble bursts for {company}", "{place} care homes on their knees",
                "{company} boss walks into a minefield", "Cracks show in {place} coalition",
            ],
        },
        "TEST": {
            "+": [
                "{company} smashes sales records", "Steal of the week: noise-cancelling headphones for under $50", "{place} teenager is killing it on the chess circuit", "{company} results blow past forecasts", "Show brings the house down in {place}",
                "Sick moves: {place} skater wins gold", "{company} is firing on all cylinders", "This pasta is to die for", "Debut novel hits it out of the park",
            ],
            "0": [
                "War of the supermarkets: who is cheapest this week", "{company} unveils bombproof case for phones", "{place} mayor throws hat into the ring", "Shoot-out: five cameras compared", "{company} pulls the trigger on new logo",
                "Trading blows: transcript of the {place} debate", "Hunting for a flat in {place}: a guide",
            ],
            "-": [
                "{company} faces a perfect storm", "Bitter pill for {place} pensioners as benefits are cut", "{company} shares fall off a cliff", "{place} hospitals at breaking point", "Alarm bells ring over {company} accounts", "{place} farmers left high and dry",
                "{company} digs itself into a deeper hole",
            ],
        },
    },
    "quotes": {
        "TRAIN": {
            "-": [
                "“We have lost everything”: {place} families after the flood", "‘It was horrific’: witnesses describe {place} crash", "{company} boss: “Worst year in our history”", "“Nobody listens to us,” say {place} nurses", "Survivor: ‘I thought I would die’",
                "“A disgrace”: parents condemn state of {place} schools", "‘They lied to us’: {company} customers on hidden fees", "“Heartbroken”: town mourns after {place} shooting", "Doctor: “The system is collapsing”",
                "‘We were left to die’: {place} survivors", "“I am ruined,” says {company} investor", "{place} doctor: ‘We are running out of everything’", "“Shameful”: {company} attacked over pay",
            ],
            "+": [
                "“Best day of my life”: {place} nurse wins award", "‘We are so grateful’: family reunited with rescued dog", "“A miracle,” say parents as baby goes home", "{company} founder: “We have never been stronger”", "‘Dream come true’ for {place} teenager signed by top club",
                "“They saved my life”: patient thanks {place} paramedics", "‘Pure joy’: crowds cheer return of {place} festival", "“It works”: scientists thrilled by malaria vaccine",
                "‘I cried with happiness’: {place} mother hears for first time", "“What a night”: {place} celebrates its team", "{company}: ‘Orders have doubled’", "“Thank you, strangers”: lost dog back in {place}",
            ],
            "0": [
                "“We will decide in May,” says {company} chief", "‘The meeting starts at nine’: what is planned in {place}", "Minister: “The bill goes to the committee next week”", "“I like both kinds of tea”: a day with a {place} taster", "{company}: “Our new office opens in autumn”",
                "“Doors open at eight”: the {place} fair in numbers", "{company}: ‘The new model comes in three colours’", "“I take the bus,” says {place} mayor", "‘It depends’: experts on whether to fix your rate",
                "“We have read the report”: {place} council",
            ],
        },
        "TEST": {
            "-": [
                "“It is a nightmare”: commuters on {place} rail chaos", "‘We are starving’: voices from {place}", "{company} staff: “We were treated like dirt”", "“Devastated”: farmer loses herd in {place} fire", "‘Total failure’: watchdog blasts {company}",
                "Widow: “They could have saved him”",
            ],
            "+": [
                "“I cannot stop smiling”: {place} pensioner wins marathon medal", "‘Simply superb’: critics praise {place} orchestra", "“We made it”: climbers safe after storm", "{company} chief: “Results beyond our hopes”", "‘A huge relief’ as {place} school is saved",
            ],
            "0": [
                "“The vote takes place on Tuesday,” says {place} council", "{company}: ‘We publish our figures in June’", "“It is a matter of taste”: readers on {place} architecture",
            ],
        },
    },
    "questions": {
        "TRAIN": {
            "0": [
                "What is on in {place} this weekend?", "When do the clocks change?", "How does {company} make its chips?", "Which phone should you buy?", "Who will be the next mayor of {place}?", "What do the new rules mean for drivers?",
                "Where does {place} get its water from?", "Should you fix your mortgage now?", "What time is the {place} match?", "How do vaccines work?", "Will {company} move its headquarters?", "Who is who in the {place} cabinet?",
                "How do I apply for a visa?", "Where can you park in {place}?", "What is a quorum?", "Which trains run to {place} on Sunday?",
                "Do you need a new licence?", "How is {company} organised?", "When will {place} publish its plan?", "What do the numbers on eggs mean?",
            ],
            "-": [
                "Is {company} dying?", "Why are so many {place} teenagers depressed?", "How did {company} lose billions?", "Can {place} survive another drought?", "Is {place} sliding into recession?", "Who is to blame for the {place} bridge collapse?",
                "Are our children safe at school?", "Why did nobody stop the {place} killer?", "Has {company} betrayed its users?", "Will {place} run out of water?",
                "Why is {place} running out of doctors?", "Is your money safe at {company}?", "How many more must die in {place}?", "Who let the {place} dam fail?",
                "Why can nobody afford a home in {place}?",
            ],
            "+": [
                "Is this the best beach in {place}?", "Could this new drug end malaria?", "Is {company} the comeback story of the year?", "Have scientists found a cure for blindness?", "Is {place} the happiest town in the country?", "The most beautiful village in {place}?",
                "Is {place} winning its fight against litter?", "Has {company} built the best camera yet?", "Could this be the year {place} wins the cup?", "Can a walk a day add years to your life?",
            ],
        },
        "TEST": {
            "0": [
                "What does the new tax form look like?", "How many islands belong to {place}?", "Which books should you pack this summer?", "When does {company} hold its annual meeting?", "Who sits on the {place} city council?", "How is cheese made?",
            ],
            "-": [
                "Is {place} headed for disaster?", "Why is {company} losing its best people?", "Are {place} hospitals about to collapse?", "What went wrong at {company}?", "Did negligence cause the {place} blaze?",
            ],
            "+": [
                "Is this {place} restaurant the finest in the world?", "Could a simple blood test save thousands of lives?", "Has {place} solved its housing problem?",
            ],
        },
    },
    "neither good nor bad": {
        "TRAIN": {
            "0": [
                "Parliament meets again after summer break", "{place} library changes its opening hours", "Timetable: new trains from December", "{company} moves into new offices in {place}", "How to fill in the tax form", "{place} votes on Sunday: what you need to know",
                "Daylight saving time begins on Sunday", "{company} publishes annual report", "Mayor of {place} travels to twin town", "School term starts on Monday in {place}", "The week in pictures", "{company} shareholders to meet in May", "New bank notes from January",
                "Where to vote in {place}", "Swimming pool in {place} closed on Tuesdays", "Committee hears witnesses on fisheries bill", "{company} renames its app", "Census forms go out next week", "{place} museum rearranges its rooms", "What changes in April", "How to get a library card",
                "{company} to report results on Thursday", "Street in {place} renamed", "Full moon tonight", "Court to rule in {company} case in June", "Ferry to {place} switches to winter timetable", "{place} to elect new council", "Recipe: lentil soup", "{company} names new head of sales",
                "Ambassador presents credentials in {place}", "How to change your address online", "Sunrise over {place}: a photo essay", "{company} updates terms of use", "Weekend weather: clouds and some sun", "Five things to know before the markets open", "Hearing on {place} airport adjourned to March",
                "Who plays whom: the draw for the cup", "{place} council discusses parking zones", "Understanding your pay slip", "Members of the new cabinet", "Stock exchange closed on Monday", "A short history of the umbrella", "{company} changes supplier of paper", "Road in {place} to be resurfaced in May",
                "Voting ends at eight in {place}", "Interview with the new head of {place} zoo", "Flag of {place}: what the colours mean", "How long to boil an egg", "President to address parliament on Wednesday", "{company} sells its stake in {place} port to a fund", "Transcript: the minister's speech",
                "Two planets close together in the sky this week", "{place} marathon: the route and the road closures", "Crossword: number 4,210", "The bill now goes to the upper house", "{company} opens applications for trainees", "Passengers to use gate 4 while gate 3 is painted", "How to read a weather map",
            ],
        },
        "TEST": {
            "0": [
                "Senate returns from recess", "{place} town hall to open at nine from next week", "How to register to vote", "{company} holds investor day in {place}", "Summer timetable starts on Sunday", "Bus stop in {place} moves fifty metres", "What to know about the new coins",
                "{company} appoints auditor", "Minister visits {place}", "Ballot papers printed for {place} election", "A guide to the {place} metro", "{company} to change its ticker symbol", "Exhibits at {place} museum change places", "The day in brief", "How to book a campsite",
                "Holiday calendar for next year published", "{company} switches from paper to digital invoices", "{place} debates new street names", "Tide tables for the coast near {place}", "Judge sets date for next hearing",
            ],
        },
    },
}

SLOTS = {
    "place": {"TRAIN": ["Oslo", "Ohio", "Nairobi", "Leeds", "Lyon", "Manila", "Quebec", "Chile", "Georgia", "Osaka"], "TEST": ["Ghent", "Utah", "Accra", "Perth", "Porto", "Hanoi", "Lima", "Tampere"]},
    "company": {"TRAIN": ["Nestle", "Ford", "Intel", "Vodafone", "Boeing", "Adobe", "Lidl", "Sony", "Shell", "Spotify"], "TEST": ["Siemens", "Target", "Nokia", "Renault", "Pfizer", "Etsy", "Hitachi", "Uber"]},
}

# Swapping who it is about must not move the tone. {who} takes a plural noun, {adj} an adjective, {name} a first name, {party} a party, {firm} a company.
GROUPS = {
    "who": {
        "gender": ["women", "men", "non-binary people"],
        "orientation": ["gay people", "straight people", "bisexual people", "lesbians", "transgender people", "heterosexual couples"],
        "religion": ["Christians", "Muslims", "Jews", "Hindus", "Buddhists", "Sikhs", "atheists", "Catholics", "evangelicals", "Mormons"],
        "nation": ["Americans", "Russians", "Chinese people", "Iranians", "Israelis", "Palestinians", "North Koreans", "Ukrainians", "Mexicans", "Germans", "Nigerians", "Indians", "Syrians", "Canadians", "Afghans", "Swedes"],
        "ethnicity": ["black people", "white people", "Asian people", "Latinos", "Roma people", "Native Americans", "Arab people"],
        "age and ability": ["pensioners", "teenagers", "disabled people", "blind people", "immigrants", "refugees", "young parents"],
    },
    "adj": {
        "gender": ["female", "male", "non-binary"],
        "orientation": ["gay", "straight", "bisexual", "lesbian", "transgender", "queer"],
        "religion": ["Christian", "Muslim", "Jewish", "Hindu", "Buddhist", "Sikh", "atheist", "Catholic", "evangelical", "Mormon"],
        "nation": ["American", "Russian", "Chinese", "Iranian", "Israeli", "Palestinian", "North Korean", "Ukrainian", "Mexican", "German", "Nigerian", "Indian", "Syrian", "Canadian", "Afghan", "Swedish"],
        "ethnicity": ["black", "white", "Asian", "Latino", "Roma", "Native American", "Arab"],
        "age and ability": ["elderly", "teenage", "disabled", "blind", "immigrant", "refugee", "young"],
    },
    "country": {"countries": ["Russia", "China", "Iran", "Israel", "Ukraine", "Germany", "India", "Canada", "Mexico", "Nigeria", "Syria", "Sweden", "France", "Japan", "Brazil", "Afghanistan"]},
    "name": {"first names": ["Emily", "Mohammed", "Jamal", "Lakisha", "Wei", "Svetlana", "Diego", "Priya", "Hans", "Fatima", "Kwame", "Chloe", "David", "Olga", "Hiroshi"]},
    "party": {"parties": ["Democrats", "Republicans", "Labour", "Conservatives", "Greens", "Liberals", "Social Democrats", "Socialists"]},
    "firm": {"companies": ["Apple", "Google", "Huawei", "Tesla", "Exxon", "Meta", "Toyota", "Walmart", "Pfizer", "Gazprom", "Monsanto", "Samsung"]},
}
GROUP_SENTENCES = {
    "TRAIN": {
        "0": [
            "Museum opens exhibition about {who}", "Survey asks {who} about their commute", "Two {adj} authors to speak at book fair", "City council appoints {adj} architect to planning board", "New podcast interviews {who} about cooking",
            "Library adds section on {adj} history", "{name} to start work as town clerk on Monday", "{party} to hold conference in June", "{firm} moves office to new building", "{adj} film to be shown on Thursday",
            "Census counts {who} by district", "Magazine portrays {adj} photographer",
            "{country} to send delegation to book fair", "Trains between {country} and the coast to run hourly",
            "{who} asked about holiday plans", "Portraits of {who} on show at town hall", "{adj} novelist to read in library", "Poll: what {who} read",
            "{who} talk about their first job", "A day with a {adj} baker", "{adj} lawyer elected to board", "Radio programme on {adj} music",
            "{name} joins choir", "{party} pick candidate for by-election", "{party} publish programme", "{firm} updates its website",
            "{firm} to hold annual meeting in May", "How {who} cook lentils", "Book about {adj} traditions published", "Meeting of {who} on Tuesday",
            "{adj} student asks minister about timetable", "{country} to change time zone", "Map of {country}", "{name} answers ten questions",
            "Statistics office counts {adj} households", "{who} and their pets",
        ],
        "+": [
            "{adj} scientist wins top prize for cancer research", "{who} celebrate record turnout at street festival", "Volunteer group of {who} saves village school", "{adj} firefighter hailed as hero after rescue", "{name} wins scholarship after years of hard work",
            "{party} welcome deal to build more homes", "{firm} praised for safe workplaces", "{adj} team sets world record", "Doctors from {country} restore sight of hundreds",
            "{who} open new playground", "{adj} athlete wins gold", "{adj} pupils raise thousands for hospice", "{name} saves drowning boy",
            "{party} keep promise on nurseries", "{firm} raises pay of all workers", "{country} cuts child poverty by half", "Prize for {adj} inventor",
        ],
        "-": [
            "{adj} couple killed in motorway crash", "{who} suffer most from rising rents, report finds", "{adj} shop owner robbed at gunpoint", "{name} loses home in fire", "{party} accused of misusing funds", "{firm} fined for polluting river", "Flood leaves hundreds of {who} homeless", "Ferry sinks off {country}, dozens feared dead",
            "{who} attacked on way home", "{adj} man dies in house fire", "{name} robbed of savings", "{party} split over budget",
            "{firm} recalls cars after deaths", "Earthquake in {country} leaves thousands homeless", "Report: {who} wait longest for care", "{adj} family evicted",
        ],
    },
    "TEST": {
        "0": [
            "Magazine publishes guide for {who}", "{who} tell of their favourite breakfast", "Reading group for {who} meets on Fridays", "{adj} engineer joins company as project manager", "Documentary follows {who} through a normal week",
            "A {adj} writer answers readers' questions", "University offers course on {adj} literature", "{name} moves to new flat in city centre", "{party} announce dates of regional meetings", "{firm} changes design of its logo", "Interview: {adj} teacher on the new timetable",
            "{who} explain how they vote", "Neighbours: a {adj} family on the third floor",
            "{country} chooses new design for its stamps", "A week of cooking lessons in {country}",
        ],
        "+": [
            "{adj} nurse honoured for saving three lives", "Concert by {who} delights audience", "{name} reunited with lost dog", "{adj} student invents cheap water filter", "{party} praised for keeping promise on schools", "{firm} creates hundreds of new jobs", "Schoolchildren in {country} win robot contest",
        ],
        "-": [
            "{adj} hiker found dead after storm", "{who} report long waits for treatment", "{name} injured in fall from ladder", "{party} lose trust of voters, poll shows", "{firm} cuts thousands of jobs", "Bus crash in {country} kills twelve",
        ],
    },
}

# What stands around a headline without being part of it; for training alone.
SEPARATORS = ["-", "|", "–", "—", "·"]
PUBLISHERS = ["Reuters", "BBC News", "The Guardian", "CNN", "The New York Times", "Bloomberg", "The Evening Star", "Le Monde in English", "Associated Press", "Daily Herald", "CBC", "The Times", "Local Gazette", "Sky News"]
SECTIONS = ["Live:", "Opinion |", "Analysis:", "Video:", "World:", "Breaking:", "Sport |", "Business:", "Watch:", "Exclusive:", "Update:", "Podcast:", "In brief:"]
QUOTE_MARKS = ["“x”", "‘x’", '"x"', "'x'", "«x»"]
