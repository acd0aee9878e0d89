<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>Engine</name>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>There is no file {path}.</source>
            <translation>Die Datei {path} gibt es nicht.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} exists already. Choose another name, or allow it to be overwritten.</source>
            <translation>{path} gibt es bereits. Wählen Sie einen anderen Namen oder erlauben Sie das Überschreiben.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The output {path} is also an input. Choose another name.</source>
            <translation>Die Ausgabe {path} ist auch eine Eingabe. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Two outputs have the same name {path}. Give each its own.</source>
            <translation>Zwei Ausgaben haben denselben Namen {path}. Geben Sie jeder einen eigenen.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The folder {folder} does not exist. Create it first.</source>
            <translation>Den Ordner {folder} gibt es nicht. Legen Sie ihn zuerst an.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} cannot be written: {reason}. Choose another folder, or free some space.</source>
            <translation>{path} kann nicht geschrieben werden: {reason}. Wählen Sie einen anderen Ordner oder schaffen Sie Platz.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Another job is writing {path}. Wait for it, or choose another name.</source>
            <translation>Ein anderer Auftrag schreibt gerade {path}. Warten Sie darauf oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} cannot be read as a raster: {reason}</source>
            <translation>{path} kann nicht als Raster gelesen werden: {reason}</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is damaged: rows {row_from} to {row_to} cannot be read ({reason}). Get a whole copy of the file.</source>
            <translation>{path} ist beschädigt: Die Zeilen {row_from} bis {row_to} sind nicht lesbar ({reason}). Besorgen Sie eine vollständige Kopie der Datei.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no coordinate reference system. Assign one (Raster &gt; Projections &gt; Assign projection).</source>
            <translation>{path} hat kein Koordinatenbezugssystem. Weisen Sie eines zu (Raster &gt; Projektionen &gt; Projektion zuweisen).</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is not georeferenced, so its pixel size is unknown. Georeference it first.</source>
            <translation>{path} ist nicht georeferenziert, daher ist die Pixelgröße unbekannt. Georeferenzieren Sie es zuerst.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no valid pixels: all of it is nodata.</source>
            <translation>{path} hat keine gültigen Pixel: Alles ist NoData.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} claims {width} x {height} pixels, more than this engine maps in one run ({limit} megapixels).</source>
            <translation>{path} gibt {width} x {height} Pixel an, mehr als diese Engine in einem Lauf kartiert ({limit} Megapixel).</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds complex numbers; an optical image is needed.</source>
            <translation>{path} enthält komplexe Zahlen; gebraucht wird ein optisches Bild.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Ground distances cannot be found for {path} in its coordinate reference system ({reason}).</source>
            <translation>Für {path} lassen sich im vorliegenden Koordinatenbezugssystem keine Entfernungen am Boden bestimmen ({reason}).</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model needs a {role} band and none of {path} was recognised as one. Assign it under Bands.</source>
            <translation>Das Modell braucht den Kanal {role}, und in {path} wurde keiner als solcher erkannt. Weisen Sie ihn unter Kanäle zu.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Band {band} was asked for, but {path} has {count} bands.</source>
            <translation>Verlangt wurde Kanal {band}, aber {path} hat {count} Kanäle.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model takes {expected} bands, but {given} were given.</source>
            <translation>Das Modell nimmt {expected} Kanäle, angegeben wurden {given}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model cannot do without its {role} band. Assign one, or choose another model.</source>
            <translation>Das Modell kommt ohne den Kanal {role} nicht aus. Weisen Sie einen zu oder wählen Sie ein anderes Modell.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The area to map does not touch {path}.</source>
            <translation>Das zu kartierende Gebiet berührt {path} nicht.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no polygons to map inside.</source>
            <translation>{path} enthält keine Polygone, in denen kartiert werden könnte.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} cannot be read as a vector layer: {reason}</source>
            <translation>{path} kann nicht als Vektorlayer gelesen werden: {reason}</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no layer {layer}. It has: {layers}.</source>
            <translation>{path} hat keinen Layer {layer}. Vorhanden: {layers}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has several layers ({layers}). Say which one to use.</source>
            <translation>{path} hat mehrere Layer ({layers}). Geben Sie an, welcher gemeint ist.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no coordinate reference system. Assign one first.</source>
            <translation>{path} hat kein Koordinatenbezugssystem. Weisen Sie zuerst eines zu.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no polygons.</source>
            <translation>{path} enthält keine Polygone.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no lines.</source>
            <translation>{path} enthält keine Linien.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The places of {path} cannot be found in its coordinate reference system ({reason}). Assign the right one.</source>
            <translation>Die Orte von {path} lassen sich im zugewiesenen Koordinatenbezugssystem nicht bestimmen ({reason}). Weisen Sie das richtige zu.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no field {field}. It has: {fields}.</source>
            <translation>{path} hat kein Feld {field}. Vorhanden: {fields}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>There is no model {model}. Known models: {known}.</source>
            <translation>Ein Modell {model} gibt es nicht. Bekannte Modelle: {known}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model card {path} cannot be used: {problem}.</source>
            <translation>Die Modellkarte {path} ist nicht brauchbar: {problem}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The weights {path} that the card names are not there.</source>
            <translation>Die Gewichte {path}, die die Modellkarte nennt, fehlen.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The weights {path} are damaged or were changed: {problem}. Get them again.</source>
            <translation>Die Gewichte {path} sind beschädigt oder wurden verändert: {problem}. Besorgen Sie sie neu.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The weights {path} do not fit the network of their card: {problem}.</source>
            <translation>Die Gewichte {path} passen nicht zum Netz ihrer Modellkarte: {problem}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is not loaded: it could run code. Only .safetensors and .onnx weights are accepted.</source>
            <translation>{path} wird nicht geladen: Die Datei könnte Code ausführen. Angenommen werden nur Gewichte als .safetensors und .onnx.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} gave an unusable answer: {problem}.</source>
            <translation>Das Modell {model} gab eine unbrauchbare Antwort: {problem}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} cannot be run here: {problem}.</source>
            <translation>Das Modell {model} kann hier nicht laufen: {problem}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} classifies parcels and maps no pixels. Classify parcels with it, or choose another.</source>
            <translation>Das Modell {model} klassifiziert Parzellen und kartiert keine Pixel. Klassifizieren Sie damit Parzellen oder wählen Sie ein anderes.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} maps pixels and cannot classify parcels. Choose a model of parcels.</source>
            <translation>Das Modell {model} kartiert Pixel und kann keine Parzellen klassifizieren. Wählen Sie ein Parzellenmodell.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} gives numbers, not classes, so it makes no {parts}. Leave that out, or choose a model of classes.</source>
            <translation>Das Modell {model} liefert Zahlen statt Klassen und kann deshalb nicht erzeugen: {parts}. Lassen Sie das weg oder wählen Sie ein Modell mit Klassen.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The blending max takes the largest probability, which has no meaning for the numbers that the model {model} gives. Choose another one.</source>
            <translation>Die Überblendung „max“ nimmt die größte Wahrscheinlichkeit; für die Zahlen des Modells {model} hat das keinen Sinn. Wählen Sie eine andere.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device {device} is not available here. Available: {available}.</source>
            <translation>Das Gerät {device} ist hier nicht verfügbar. Verfügbar: {available}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{backend} cannot run the model {model} here: {problem}.</source>
            <translation>{backend} kann das Modell {model} hier nicht ausführen: {problem}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device {device} has too little memory for even one window of {window} px. Use a smaller window.</source>
            <translation>Das Gerät {device} hat selbst für ein einziges Fenster von {window} px zu wenig Speicher. Nehmen Sie ein kleineres Fenster.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device {device} stopped working: {reason}</source>
            <translation>Das Gerät {device} arbeitet nicht mehr: {reason}</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is not a class raster: it needs one band of whole numbers from 0 to 255, not {dtype}.</source>
            <translation>{path} ist kein Klassenraster: Nötig ist ein Kanal mit ganzen Zahlen von 0 bis 255, nicht {dtype}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the parcels of {path} touches the map {classes}.</source>
            <translation>Keine der Parzellen von {path} berührt die Karte {classes}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the roads of {roads} cuts the boundary {boundary}: they lie elsewhere, in tunnels, or have no width.</source>
            <translation>Keine der Straßen von {roads} schneidet die Grenze {boundary}: Sie liegen anderswo, in Tunneln oder haben keine Breite.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No parcel of {boundary} is left. Take a smaller opening, narrower roads or another range of areas.</source>
            <translation>Von {boundary} bleibt keine Parzelle übrig. Schrumpfen und dehnen Sie weniger, nehmen Sie schmalere Straßen oder einen anderen Flächenbereich.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the parcels of {path} has an area in the range asked for; theirs are {low} to {high} m2. Change it.</source>
            <translation>Keine der Parzellen von {path} hat eine Fläche im verlangten Bereich; ihre Flächen sind {low} bis {high} m2. Ändern Sie den Bereich.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The field {field} of {path} holds no numbers to go by.</source>
            <translation>Das Feld {field} von {path} enthält keine brauchbaren Zahlen.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Nothing is known of any parcel of {path}: no image, point of interest or user density lies where they are.</source>
            <translation>Über keine Parzelle von {path} ist etwas bekannt: Wo sie liegen, gibt es weder Bild noch POIs noch Nutzerdichte.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the values of {field} in {path} ({values}) is a known category of points of interest. Choose the field with OpenStreetMap tags or Gaode types.</source>
            <translation>Keiner der Werte von {field} in {path} ({values}) ist eine bekannte POI-Kategorie. Wählen Sie das Feld mit Tags von OpenStreetMap oder Typen von Gaode.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has {count} bands where the user density needs 24, one for each hour.</source>
            <translation>{path} hat {count} Kanäle, die Nutzerdichte braucht aber 24, einen für jede Stunde.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no user density: no value is above 0.</source>
            <translation>{path} enthält keine Nutzerdichte: Kein Wert liegt über 0.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The table {path} cannot be used as user density: {problem}.</source>
            <translation>Die Tabelle {path} ist als Nutzerdichte nicht brauchbar: {problem}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the polygons of {path} covers a mapped pixel of {classes}.</source>
            <translation>Keines der Polygone von {path} bedeckt ein kartiertes Pixel von {classes}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the values of field {field} ({values}) is mapped to a class of the map ({classes}).</source>
            <translation>Keiner der Werte des Feldes {field} ({values}) ist einer Klasse der Karte ({classes}) zugeordnet.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The mapping {path} cannot be used: {problem}.</source>
            <translation>Die Zuordnung {path} ist nicht brauchbar: {problem}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no raster to map.</source>
            <translation>{path} enthält kein Raster, das kartiert werden kann.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} cannot be read as a list of rasters: {reason}.</source>
            <translation>{path} lässt sich nicht als Liste von Rastern lesen: {reason}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is not a STAC ItemCollection: {reason}.</source>
            <translation>{path} ist keine STAC-ItemCollection: {reason}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The STAC item {item} of {path} has no raster to map. Its assets: {assets}.</source>
            <translation>Das STAC-Item {item} aus {path} hat kein Raster, das kartiert werden kann. Seine Assets: {assets}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The STAC item {item} of {path} has no asset {asset}. Its assets: {assets}.</source>
            <translation>Das STAC-Item {item} aus {path} hat kein Asset {asset}. Seine Assets: {assets}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The STAC item {item} of {path} has several rasters ({assets}). Name the asset to map.</source>
            <translation>Das STAC-Item {item} aus {path} hat mehrere Raster ({assets}). Nennen Sie das Asset, das kartiert werden soll.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The folder {folder} holds the scenes. Choose another one for the maps.</source>
            <translation>Im Ordner {folder} liegen die Szenen. Wählen Sie für die Karten einen anderen.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{failed} of {count} scenes could not be mapped. Mend what is said of them and run the same job again: it keeps what is done.</source>
            <translation>{failed} von {count} Szenen konnten nicht kartiert werden. Beheben Sie, was dazu gesagt wird, und starten Sie denselben Auftrag erneut: Fertiges bleibt erhalten.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The mosaic would have {width} x {height} pixels, because the scenes lie far apart. Make it as a VRT, or none.</source>
            <translation>Das Mosaik hätte {width} x {height} Pixel, weil die Szenen weit auseinanderliegen. Erzeugen Sie ein VRT oder kein Mosaik.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Every worker that was mapping {path} died. Their logs say why; perhaps they had too little memory.</source>
            <translation>Jeder Worker, der {path} kartierte, ist abgestürzt. Ihre Protokolle nennen den Grund; vielleicht hatten sie zu wenig Speicher.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} does not map rooftops: it needs two classes, one of them named rooftop or building, and has {classes}. Choose another model.</source>
            <translation>Das Modell {model} kartiert keine Dächer: Es braucht zwei Klassen, von denen eine rooftop oder building heißt, und hat {classes}. Wählen Sie ein anderes Modell.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} does not have the same pixels as {first}. Bring the images of all years onto one grid first (Raster &gt; Projections &gt; Warp).</source>
            <translation>{path} hat nicht dieselben Pixel wie {first}. Bringen Sie die Bilder aller Jahre zuerst auf ein gemeinsames Raster (Raster &gt; Projektionen &gt; Transformieren).</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is no probability of built-up land: it holds {value}, and probabilities lie between 0 and 1. Divide it first, or choose another raster.</source>
            <translation>{path} ist keine Wahrscheinlichkeit für bebautes Land: Der Wert {value} kommt darin vor, und Wahrscheinlichkeiten liegen zwischen 0 und 1. Teilen Sie die Werte zuerst oder wählen Sie ein anderes Raster.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no data where the images lie. Choose a raster that covers them.</source>
            <translation>{path} hat keine Daten, wo die Bilder liegen. Wählen Sie ein Raster, das sie abdeckt.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>A Dask cluster needs the Python package distributed, which is not installed beside the engine. Install it: pip install distributed.</source>
            <translation>Ein Dask-Cluster braucht das Python-Paket distributed, das neben der Engine nicht installiert ist. Installieren Sie es: pip install distributed.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The Dask scheduler {address} cannot be reached: {reason}.</source>
            <translation>Der Dask-Scheduler {address} ist nicht erreichbar: {reason}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The connection to the Dask scheduler {address} was lost. Run the same job again: it keeps what is done.</source>
            <translation>Die Verbindung zum Dask-Scheduler {address} ist abgebrochen. Starten Sie denselben Auftrag erneut: Fertiges bleibt erhalten.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>A Dask worker has version {theirs} of UrbanGrain where version {ours} is needed. Install it there.</source>
            <translation>Ein Dask-Worker hat Version {theirs} von UrbanGrain, nötig ist Version {ours}. Installieren Sie sie dort.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The Dask worker on {host} does not see {path}. All workers need the same shared file system under the same name.</source>
            <translation>Der Dask-Worker auf {host} sieht {path} nicht. Alle Worker brauchen dasselbe gemeinsame Dateisystem unter demselben Namen.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The request cannot be used: {field} {problem}.</source>
            <translation>Die Anfrage ist nicht brauchbar: {field} {problem}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The computer ran out of memory. Map a smaller area or use fewer threads.</source>
            <translation>Der Arbeitsspeicher reicht nicht. Kartieren Sie ein kleineres Gebiet oder nehmen Sie weniger Threads.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Something unexpected went wrong: {reason}. The log has the details.</source>
            <translation>Etwas Unerwartetes ging schief: {reason}. Das Protokoll nennt Einzelheiten.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{megapixels} Mpx at {gsd} m, {device}.</source>
            <translation>{megapixels} Mpx bei {gsd} m, {device}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{megapixels} Mpx at {gsd} m, about {time} on {device}.</source>
            <translation>{megapixels} Mpx bei {gsd} m, etwa {time} auf {device}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The image has {gsd} m pixels and is resampled to {target} m for the model.</source>
            <translation>Das Bild hat Pixel von {gsd} m und wird für das Modell auf {target} m umgerechnet.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No {role} band: the model works without it, less accurately.</source>
            <translation>Kein Kanal {role}: Das Modell arbeitet auch ohne ihn, weniger genau.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{dtype} imagery, values about {low} to {high}.</source>
            <translation>Bild mit {dtype}, Werte etwa {low} bis {high}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The image is in degrees: distances and areas are computed on the ground.</source>
            <translation>Das Bild ist in Grad: Entfernungen und Flächen werden am Boden berechnet.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The image's grid is rotated; the result is north-up.</source>
            <translation>Das Raster des Bildes ist gedreht; das Ergebnis liegt nach Norden.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model file {model} does not say everything; assumed by custom: {what}.</source>
            <translation>Die Modelldatei {model} sagt nicht alles; nach Gewohnheit angenommen: {what}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model does not take windows of {asked} px; it gets windows of {used} px.</source>
            <translation>Das Modell nimmt keine Fenster von {asked} px; es bekommt Fenster von {used} px.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model was made for 8-bit pixel values (0 to 255) and this image holds {dtype}. Stretch it to 8 bit, or expect a poor map.</source>
            <translation>Das Modell ist für 8-Bit-Werte (0 bis 255) gemacht, und dieses Bild enthält {dtype}. Strecken Sie es auf 8 Bit oder rechnen Sie mit einer schlechten Karte.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The bands have no names, so they were taken in the order {order}. Check them under Bands.</source>
            <translation>Die Kanäle haben keine Namen, daher wurden sie in der Reihenfolge {order} genommen. Prüfen Sie das unter Kanäle.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No GPU was found, so the map was made on the CPU.</source>
            <translation>Es wurde keine GPU gefunden, daher entstand die Karte auf der CPU.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>ONNX Runtime could not use {asked} here, so {used} ran the network. The log says why.</source>
            <translation>ONNX Runtime konnte {asked} hier nicht nutzen, daher hat {used} das Netz ausgeführt. Das Protokoll nennt den Grund.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{backend} runs the network: {rate} Mpx/s in a trial here ({other}: {other_rate} Mpx/s).</source>
            <translation>{backend} führt das Netz aus: {rate} Mpx/s in einem Versuch hier ({other}: {other_rate} Mpx/s).</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The live view shows classes, and the model {model} gives values. Map the image instead.</source>
            <translation>Die Live-Ansicht zeigt Klassen, das Modell {model} liefert aber Werte. Kartieren Sie stattdessen das Bild.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The image has no overviews (pyramids), so a view that is zoomed out takes long. Build some once.</source>
            <translation>Das Bild hat keine Übersichten (Pyramiden), deshalb dauert eine weit herausgezoomte Ansicht lange. Erzeugen Sie sie einmal.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Went on with an interrupted run: {percent} % of the area was there.</source>
            <translation>Ein unterbrochener Lauf wurde fortgesetzt: {percent} % des Gebiets waren schon da.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No interrupted run of this very job was found, so the whole area was mapped.</source>
            <translation>Von genau diesem Auftrag fand sich kein unterbrochener Lauf, daher wurde das ganze Gebiet kartiert.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Scenes that an earlier run had mapped already: {count}.</source>
            <translation>Szenen, die ein früherer Lauf schon kartiert hatte: {count}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Scenes overlap: the one listed first is on top in the mosaic, and areas count such places once a scene.</source>
            <translation>Szenen überlappen sich: im Mosaik liegt die zuerst genannte oben, und die Flächen zählen solche Stellen je Szene einmal.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The scenes do not share one grid: the mosaic takes the grid of {path}, and the nearest pixels of the others.</source>
            <translation>Die Szenen haben kein gemeinsames Raster: das Mosaik nimmt das von {path} und von den anderen die nächsten Pixel.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device was short of memory: batches of {batch} windows were used.</source>
            <translation>Der Speicher des Geräts war knapp: Gerechnet wurde in Stapeln von {batch} Fenstern.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the values of {field} in {path} ({values}) is one of the model's classes ({classes}). Assign them.</source>
            <translation>Keiner der Werte von {field} in {path} ({values}) ist eine der Klassen des Modells ({classes}). Ordnen Sie sie zu.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model has no class {value}. Its classes: {classes}.</source>
            <translation>Das Modell hat keine Klasse {value}. Seine Klassen: {classes}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No pixel of the image lies in a polygon of {path} with a class, so there is nothing to learn from.</source>
            <translation>Kein Pixel des Bildes liegt in einem Polygon von {path} mit einer Klasse, daher gibt es nichts zu lernen.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} is a finished ONNX file, which cannot be trained. Choose one with its own weights.</source>
            <translation>Das Modell {model} ist eine fertige ONNX-Datei, die sich nicht trainieren lässt. Wählen Sie eines mit eigenen Gewichten.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The configuration {path} cannot be used: {problem}.</source>
            <translation>Die Konfiguration {path} ist nicht brauchbar: {problem}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The network {network} cannot be built: {problem}.</source>
            <translation>Das Netz {network} lässt sich nicht aufbauen: {problem}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device has too little memory for {batch} tiles of {tile} pixels at once. Take fewer or smaller ones.</source>
            <translation>Das Gerät hat zu wenig Speicher für {batch} Kacheln von {tile} Pixeln auf einmal. Nehmen Sie weniger oder kleinere.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Training and validation areas overlap ({path}), so the accuracy shown is too good.</source>
            <translation>Trainings- und Validierungsgebiete überlappen sich ({path}), daher ist die angezeigte Genauigkeit zu gut.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The polygons lie too close together to keep some for validation, so the accuracy of the model is unknown.</source>
            <translation>Die Polygone liegen zu dicht beieinander, um einige für die Validierung zurückzuhalten, daher ist die Genauigkeit des Modells nicht bekannt.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No polygon shows these classes, which the model may forget: {classes}.</source>
            <translation>Kein Polygon zeigt diese Klassen, die das Modell vergessen könnte: {classes}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>These classes lie in one place only and were left out of the validation: {classes}.</source>
            <translation>Diese Klassen liegen nur an einem Ort und wurden bei der Validierung ausgelassen: {classes}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>On the validation part no weights were better than those of the model started from, so the new model is a copy of it.</source>
            <translation>Im Validierungsteil waren keine Gewichte besser als die des Ausgangsmodells, daher ist das neue Modell eine Kopie davon.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Stopped early: the model has the best weights until then.</source>
            <translation>Vorzeitig gestoppt: Das Modell hat die besten Gewichte bis dahin.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Went on with an interrupted training.</source>
            <translation>Ein unterbrochenes Training wurde fortgesetzt.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No interrupted training of this very job was found, so it began anew.</source>
            <translation>Von genau diesem Auftrag fand sich kein unterbrochenes Training, daher begann es von vorn.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model was trained in places where {count} of {total} polygons of {path} lie, so the accuracy shown is too good. Assess with polygons elsewhere.</source>
            <translation>Das Modell wurde an Orten trainiert, an denen {count} von {total} Polygonen aus {path} liegen, daher ist die angezeigte Genauigkeit zu gut. Prüfen Sie mit Polygonen von anderswo.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No square of {path} with sides of {tile} pixels is half covered by valid pixels. Take a larger image.</source>
            <translation>Kein Quadrat von {tile} Pixeln Seitenlänge in {path} ist wenigstens halb mit gültigen Pixeln bedeckt. Nehmen Sie ein größeres Bild.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Demo cities can stand in for labelled images only for models with their classes ({classes}) and bands. Give the model {model} a labelled image of the kind it was trained on.</source>
            <translation>Demostädte können Bilder mit Referenz nur bei Modellen mit ihren Klassen ({classes}) und Kanälen ersetzen. Geben Sie dem Modell {model} ein Bild mit Referenz von der Art, mit der es trainiert wurde.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Demo cities kept the classes in mind, as no labelled image was given.</source>
            <translation>Demostädte hielten die Klassen im Gedächtnis, da kein Bild mit Referenz angegeben war.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model got worse on the labelled images (mean IoU {before} before, {after} after). Compare the maps of both before you use it; fewer steps may do.</source>
            <translation>Das Modell ist auf den Bildern mit Referenz schlechter geworden (mittlere IoU vorher {before}, nachher {after}). Vergleichen Sie die Karten beider Modelle, bevor Sie es verwenden; vielleicht helfen weniger Schritte.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Stopped early: the model is as it was at that moment.</source>
            <translation>Vorzeitig gestoppt: Das Modell ist so, wie es in diesem Augenblick war.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>A year is checked against the one before and the one after it: with {count} years none was.</source>
            <translation>Ein Jahr wird an dem davor und dem danach geprüft: Bei {count} Jahren wurde keines geprüft.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no data on {percent} % of the map: rooftops stay there whatever it would say.</source>
            <translation>{path} hat auf {percent} % der Karte keine Daten: Dort bleiben alle Dächer erhalten.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Invalid polygons of {path} that were repaired: {count}.</source>
            <translation>Ungültige Polygone von {path}, die repariert wurden: {count}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Features of {path} left out because they have no polygon: {count}.</source>
            <translation>Objekte von {path}, die ohne Polygon sind und ausgelassen wurden: {count}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Features of {path} left out because they are no lines: {count}.</source>
            <translation>Objekte von {path}, die keine Linien sind und ausgelassen wurden: {count}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Classes of {path} without a width of their own, taken as {width} m wide: {values}.</source>
            <translation>Klassen von {path} ohne eigene Breite, mit {width} m Breite angenommen: {values}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Only {count} parcels can be chosen where {asked} were asked for: all of them were.</source>
            <translation>Nur {count} Parzellen kommen infrage, verlangt waren {asked}: Alle wurden ausgewählt.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Parcels left out because their field {field} holds no number: {count}.</source>
            <translation>Parzellen, deren Feld {field} keine Zahl enthält und die ausgelassen wurden: {count}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Points of interest of {path} left out because their category is not known: {count} ({values} ...).</source>
            <translation>POIs von {path}, deren Kategorie nicht bekannt ist und die ausgelassen wurden: {count} ({values} ...).</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} says nothing about any of the parcels.</source>
            <translation>{path} sagt über keine der Parzellen etwas.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Parcels not classified because nothing is known of them: {count}.</source>
            <translation>Parzellen, über die nichts bekannt ist und die nicht klassifiziert wurden: {count}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Polygons of {path} not counted because they cover no pixel centre: {count}.</source>
            <translation>Polygone von {path}, die keine Pixelmitte bedecken und nicht zählen: {count}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Polygons of {path} outside the map: {count}.</source>
            <translation>Polygone von {path} außerhalb der Karte: {count}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Pixels left out because reference polygons of different classes overlap there: {pixels}.</source>
            <translation>Ausgelassene Pixel, auf denen sich Referenzpolygone verschiedener Klassen überlappen: {pixels}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reference values left out because no class was chosen: {values}.</source>
            <translation>Ausgelassene Referenzwerte, für die keine Klasse gewählt ist: {values}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reference pixels where the map has no data: {pixels}.</source>
            <translation>Referenzpixel, auf denen die Karte keine Daten hat: {pixels}.</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>A model was left out: {problem}</source>
            <translation>Ein Modell wurde ausgelassen: {problem}</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Opening the image</source>
            <translation>Bild wird geöffnet</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Measuring the image's brightness</source>
            <translation>Helligkeit des Bildes wird gemessen</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Loading the model</source>
            <translation>Modell wird geladen</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Mapping</source>
            <translation>Kartierung</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Cleaning up small patches</source>
            <translation>Kleine Flecken werden bereinigt</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Writing the rasters</source>
            <translation>Raster werden geschrieben</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Drawing polygons</source>
            <translation>Polygone werden gezeichnet</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Summarising parcels</source>
            <translation>Parzellen werden zusammengefasst</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reading the points of interest</source>
            <translation>POIs werden gelesen</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reading the user density</source>
            <translation>Nutzerdichte wird gelesen</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Classifying parcels</source>
            <translation>Parzellen werden klassifiziert</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Comparing with the reference</source>
            <translation>Vergleich mit der Referenz</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Writing the report</source>
            <translation>Bericht wird geschrieben</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Exporting the model</source>
            <translation>Modell wird exportiert</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Comparing the exported model with the original</source>
            <translation>Exportiertes Modell wird mit dem Original verglichen</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Mapping the scenes</source>
            <translation>Szenen werden kartiert</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Putting the mosaic together</source>
            <translation>Mosaik wird zusammengesetzt</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Building the demo city</source>
            <translation>Demostadt wird gebaut</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Cutting training tiles</source>
            <translation>Trainingskacheln werden geschnitten</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Adapting the model</source>
            <translation>Modell wird angepasst</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Saving the model</source>
            <translation>Modell wird gespeichert</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Comparing the years</source>
            <translation>Jahre werden verglichen</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reading the layers</source>
            <translation>Layer werden gelesen</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Cutting parcels</source>
            <translation>Parzellen werden gebildet</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Choosing parcels</source>
            <translation>Parzellen werden ausgewählt</translation>
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Writing the layer</source>
            <translation>Layer wird geschrieben</translation>
        </message>
    </context>
    <context>
        <name>UrbanGrain</name>
        <message>
            <location filename="../plugin/choices.py" />
            <source>Gaussian weights</source>
            <translation>Gauß-Gewichte</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>Mean</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>Maximum</source>
            <translation>Maximum</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>Crop to the centre</source>
            <translation>Auf die Mitte beschneiden</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>None (fastest)</source>
            <translation>Keine (am schnellsten)</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>4 flips</source>
            <translation>4 Spiegelungen</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>8 flips and turns</source>
            <translation>8 Spiegelungen und Drehungen</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>32 bit</source>
            <translation>32 Bit</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>16 bit (bfloat)</source>
            <translation>16 Bit (bfloat)</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>16 bit (half)</source>
            <translation>16 Bit (half)</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>As the image</source>
            <translation>Wie das Bild</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>As the model sees it</source>
            <translation>Wie das Modell es sieht</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>VRT (points at the maps)</source>
            <translation>VRT (verweist auf die Karten)</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>COG (a copy)</source>
            <translation>COG (eine Kopie)</translation>
        </message>
        <message>
            <location filename="../plugin/choices.py" />
            <source>None</source>
            <translation>Keines</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>The class raster to check.</source>
            <translation>Das Klassenraster, das geprüft werden soll.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Assess</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Compare the map with the reference, pixel by pixel.</source>
            <translation>Die Karte Pixel für Pixel mit der Referenz vergleichen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Copy both tables, to paste them into a spreadsheet.</source>
            <translation>Beide Tabellen kopieren, um sie in eine Tabellenkalkulation einzufügen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save the tables as CSV.</source>
            <translation>Die Tabellen als CSV speichern.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save everything as JSON.</source>
            <translation>Alles als JSON speichern.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save a report that any browser shows.</source>
            <translation>Einen Bericht speichern, den jeder Browser zeigt.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Class map</source>
            <translation>Klassenkarte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Reference</source>
            <translation>Referenz</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Class field</source>
            <translation>Klassenfeld</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save the report</source>
            <translation>Bericht speichern</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>OA {value}</source>
            <translation>OA {value}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>{count} reference pixels</source>
            <translation>{count} Referenzpixel</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Map (rows) against reference (columns), pixels</source>
            <translation>Karte (Zeilen) gegen Referenz (Spalten), Pixel</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>By class</source>
            <translation>Nach Klasse</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>The tables are on the clipboard.</source>
            <translation>Die Tabellen sind in der Zwischenablage.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>There is no class raster in the project. Make one on the Map page.</source>
            <translation>Im Projekt ist kein Klassenraster. Erstellen Sie eines auf der Seite Karte.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>CSV files (*.csv)</source>
            <translation>CSV-Dateien (*.csv)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>JSON files (*.json)</source>
            <translation>JSON-Dateien (*.json)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>HTML files (*.html)</source>
            <translation>HTML-Dateien (*.html)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>UrbanGrain: assessing {map}</source>
            <translation>UrbanGrain: {map} wird geprüft</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Saved {path}.</source>
            <translation>{path} gespeichert.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>kappa {value}</source>
            <translation>Kappa {value}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>mIoU {value}</source>
            <translation>mIoU {value}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>FWIoU {value}</source>
            <translation>FWIoU {value}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Whole layer</source>
            <translation>Alles</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Map the whole image (default).</source>
            <translation>Das ganze Bild kartieren (Voreinstellung).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Map what the map canvas shows at the moment you press Run.</source>
            <translation>Kartieren, was das Kartenfenster im Augenblick des Starts zeigt.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Polygons</source>
            <translation>Polygone</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Map inside the polygons of a layer; everything else stays nodata.</source>
            <translation>Innerhalb der Polygone eines Layers kartieren; alles andere bleibt NoData.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>The polygon layer to map inside; any coordinate reference system.</source>
            <translation>Der Polygonlayer, in dem kartiert wird; jedes Koordinatenbezugssystem.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Selected features only</source>
            <translation>Nur ausgewählte Objekte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Use only the features that are selected now. Default: all features.</source>
            <translation>Nur die jetzt ausgewählten Objekte verwenden. Voreinstellung: alle Objekte.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>There is no polygon layer in the project. Add one, or map the whole layer.</source>
            <translation>Im Projekt ist kein Polygonlayer. Fügen Sie einen hinzu oder kartieren Sie den ganzen Layer.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>The map canvas shows nothing yet. Zoom to the image, or map the whole layer.</source>
            <translation>Das Kartenfenster zeigt noch nichts. Zoomen Sie auf das Bild oder kartieren Sie den ganzen Layer.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>{layer} has no coordinate reference system. Assign one first.</source>
            <translation>{layer} hat kein Koordinatenbezugssystem. Weisen Sie zuerst eines zu.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>No feature of {layer} is selected. Select some, or use all of them.</source>
            <translation>In {layer} ist kein Objekt ausgewählt. Wählen Sie welche aus oder nehmen Sie alle.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>{layer} holds no polygon to map inside.</source>
            <translation>{layer} enthält kein Polygon, in dem kartiert werden könnte.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>Bands</source>
            <translation>Kanäle</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>Which band of the image the model reads as which. Default: guessed from the band names.</source>
            <translation>Welchen Kanal des Bildes das Modell als welchen liest. Voreinstellung: aus den Kanalnamen geraten.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>none yet</source>
            <translation>noch keine</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>none (optional)</source>
            <translation>keiner (entbehrlich)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>choose a band</source>
            <translation>Kanal wählen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>please choose</source>
            <translation>bitte wählen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>{bands} (yours)</source>
            <translation>{bands} (von Ihnen)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>{bands}, matched by name</source>
            <translation>{bands}, nach Namen zugeordnet</translation>
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>{bands}, in the usual order</source>
            <translation>{bands}, in üblicher Reihenfolge</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>Advanced</source>
            <translation>Erweitert</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>A large parcel is looked at in this many places at most. More: steadier, slower. Default: 16.</source>
            <translation>An höchstens so vielen Stellen wird eine große Parzelle angesehen. Mehr: ruhiger, langsamer. Voreinstellung: 16.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>The same seed looks at the same places. Default: 0.</source>
            <translation>Derselbe Startwert sieht dieselben Stellen an. Voreinstellung: 0.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>Most patches</source>
            <translation>Max. Ausschnitte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>Seed</source>
            <translation>Startwert</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_advanced.py" />
            <source>{count} patches</source>
            <translation>{count} Ausschnitte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Classify</source>
            <translation>Klassifizieren</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Classify the parcels in the background (Ctrl+Return).</source>
            <translation>Die Parzellen im Hintergrund klassifizieren (Strg+Eingabe).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>The polygons to classify; any coordinate reference system.</source>
            <translation>Die Polygone, die klassifiziert werden; jedes Koordinatenbezugssystem.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>The model that classifies. The line below says what its card states.</source>
            <translation>Das Modell, das klassifiziert. Die Zeile darunter sagt, was seine Modellkarte angibt.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Parcels</source>
            <translation>Parzellen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Choose an image, points of interest or the user density: one at least.</source>
            <translation>Wählen Sie ein Bild, POIs oder die Nutzerdichte: mindestens eines davon.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>The engine found no model of parcels. Open one of your own beside the list.</source>
            <translation>Die Engine hat kein Parzellenmodell gefunden. Öffnen Sie neben der Liste ein eigenes.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Parcels to classify: {count}. They are told by: {sources}.</source>
            <translation>Zu klassifizierende Parzellen: {count}. Grundlage: {sources}.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Choose a model.</source>
            <translation>Wählen Sie ein Modell.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>UrbanGrain: classifying {parcels}</source>
            <translation>UrbanGrain: {parcels} wird klassifiziert</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>The land use of {parcels} is ready.</source>
            <translation>Die Landnutzung von {parcels} ist fertig.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/classify_panel.py" />
            <source>Add a polygon layer with parcels to the project, or cut some from streets.</source>
            <translation>Fügen Sie dem Projekt einen Polygonlayer mit Parzellen hinzu oder bilden Sie welche aus Straßen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Clean-up</source>
            <translation>Bereinigung</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Patches of a class that are smaller join the class around them. 0 keeps everything. Default: 100 m².</source>
            <translation>Kleinere Flecken einer Klasse gehen in der Klasse um sie herum auf. 0 behält alles. Voreinstellung: 100 m².</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Holes inside a patch that are smaller are filled. 0 fills nothing. Default: 50 m².</source>
            <translation>Kleinere Löcher in einem Flecken werden gefüllt. 0 füllt nichts. Voreinstellung: 50 m².</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Smallest patch</source>
            <translation>Kleinster Flecken</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Largest hole</source>
            <translation>Größtes Loch</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>off</source>
            <translation>aus</translation>
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>patches {patch}, holes {hole}</source>
            <translation>Flecken {patch}, Löcher {hole}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>Curves of the training</source>
            <translation>Trainingskurven</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>Loss and accuracy appear here while the model learns.</source>
            <translation>Verlust und Genauigkeit erscheinen hier, während das Modell lernt.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>Step</source>
            <translation>Schritt</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>OA</source>
            <translation>OA</translation>
        </message>
        <message>
            <location filename="../plugin/dock/curves_widget.py" />
            <source>mIoU</source>
            <translation>mIoU</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>How many people are there in each hour of a day: a raster of 24 bands, or a table. Default: none.</source>
            <translation>Wie viele Menschen in jeder Stunde eines Tages da sind: ein Raster mit 24 Kanälen oder eine Tabelle. Voreinstellung: keine.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>Tables (*.csv *.tsv *.txt)</source>
            <translation>Tabellen (*.csv *.tsv *.txt)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>Table</source>
            <translation>Tabelle</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>A row a parcel: a column that names the parcel, and 24 columns of hours.</source>
            <translation>Eine Zeile je Parzelle: eine Spalte, die die Parzelle nennt, und 24 Spalten für die Stunden.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>The field of the parcels that the table names them by; the table has it too.</source>
            <translation>Das Feld der Parzellen, nach dem die Tabelle sie benennt; auch die Tabelle hat es.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>Choose the table with the user density.</source>
            <translation>Wählen Sie die Tabelle mit der Nutzerdichte.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>Choose the field of the parcels that the table names them by.</source>
            <translation>Wählen Sie das Feld der Parzellen, nach dem die Tabelle sie benennt.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>The table {table} has no column {field}. Choose a field of the parcels that it has too.</source>
            <translation>Die Tabelle {table} hat keine Spalte {field}. Wählen Sie ein Feld der Parzellen, das auch sie hat.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>Table (CSV)…</source>
            <translation>Tabelle (CSV) …</translation>
        </message>
        <message>
            <location filename="../plugin/dock/density_picker.py" />
            <source>The table {table} is not there. Choose another.</source>
            <translation>Die Tabelle {table} gibt es nicht. Wählen Sie eine andere.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/device_combo.py" />
            <source>What computes. Default: a GPU where the engine finds one, otherwise the CPU.</source>
            <translation>Was rechnet. Voreinstellung: eine GPU, wo die Engine eine findet, sonst die CPU.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/device_combo.py" />
            <source>All GPUs</source>
            <translation>Alle GPUs</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>The engine is training a model. This page goes on when the training ends; it can be stopped on the Train page.</source>
            <translation>Die Engine trainiert ein Modell. Diese Seite macht weiter, wenn das Training endet oder gestoppt wird (Trainieren).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Add a raster layer to map, or try the demo scene.</source>
            <translation>Fügen Sie einen Rasterlayer zum Kartieren hinzu, oder probieren Sie die Demoszene.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Add a raster layer</source>
            <translation>Rasterlayer hinzufügen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Open QGIS's Data Source Manager at its raster page.</source>
            <translation>Die Datenquellenverwaltung von QGIS auf der Rasterseite öffnen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Map</source>
            <translation>Karte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Map an image with a model</source>
            <translation>Ein Bild mit einem Modell kartieren</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Cut parcels from streets, and classify their land use</source>
            <translation>Parzellen aus Straßen bilden und ihre Landnutzung klassifizieren</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Accuracy</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Compare a map with reference polygons</source>
            <translation>Eine Karte mit Referenzpolygonen vergleichen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Train</source>
            <translation>Trainieren</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Fit a model to your own polygons or imagery</source>
            <translation>Ein Modell an eigene Polygone oder Bilder anpassen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Settings: the engine, devices and diagnostics</source>
            <translation>Einstellungen: Engine, Geräte und Diagnose</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>UrbanGrain: building the demo city</source>
            <translation>UrbanGrain: Demostadt wird gebaut</translation>
        </message>
        <message>
            <location filename="../plugin/dock/empty_widget.py" />
            <source>Try the demo scene</source>
            <translation>Demoszene ausprobieren</translation>
        </message>
        <message>
            <location filename="../plugin/dock/empty_widget.py" />
            <source>Build a small city of its own (a few seconds) with imagery, parcels and reference.</source>
            <translation>Eine kleine eigene Stadt mit Bild, Parzellen und Referenz bauen (einige Sekunden).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Pick an image and a model. The lines above Run say what will happen; mend what they mind.</source>
            <translation>Wählen Sie ein Bild und ein Modell. Die Zeilen über Start sagen, was geschehen wird; beheben Sie, was sie bemängeln.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Area</source>
            <translation>Gebiet</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Map the whole layer, the present view, or the polygons of a layer. Pixels outside stay nodata.</source>
            <translation>Den ganzen Layer, die jetzige Ansicht oder die Polygone eines Layers kartieren. Pixel außerhalb bleiben NoData.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Sampling</source>
            <translation>Abtastung</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Flips and overlap make the map steadier and slower. The defaults suit most imagery.</source>
            <translation>Spiegelungen und Überlappung machen die Karte ruhiger und langsamer. Die Voreinstellungen passen für die meisten Bilder.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Results</source>
            <translation>Ergebnisse</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>They arrive as one group: classes, confidence, polygons and, if you chose parcels, parcels with class shares.</source>
            <translation>Sie kommen als eine Gruppe: Klassen, Konfidenz, Polygone und, wenn Sie Parzellen gewählt haben, Parzellen mit Klassenanteilen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Cut parcels from a boundary by its roads, and say what their land is used for: from imagery, points of interest and user density, as far as you have them.</source>
            <translation>Parzellen aus einer Grenze und ihren Straßen bilden und sagen, wofür ihr Boden genutzt wird: aus Bildern, POIs und Nutzerdichte, soweit vorhanden.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Compare a map with reference polygons: confusion matrix, overall accuracy, kappa, and scores per class.</source>
            <translation>Eine Karte mit Referenzpolygonen vergleichen: Konfusionsmatrix, Gesamtgenauigkeit, Kappa und Maße je Klasse.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Fine-tune a model with your own polygons, or adapt it to imagery without labels. The curves show how it learns; stop at any time and keep what it has learnt. The new model joins all lists.</source>
            <translation>Ein Modell mit eigenen Polygonen nachtrainieren (Fine-Tuning) oder an Bilder ohne Referenz anpassen. Die Kurven zeigen, wie es lernt; Sie können jederzeit stoppen und behalten, was es gelernt hat. Das neue Modell kommt in alle Listen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Engine</source>
            <translation>Engine</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>The work is done by a separate Python environment that is kept warm while QGIS runs. The gear shows where it is and installs it; the log panel's tab UrbanGrain has its messages.</source>
            <translation>Die Arbeit tut eine eigene Python-Umgebung, die bereitsteht, solange QGIS läuft. Das Zahnrad zeigt, wo sie ist, und installiert sie; ihre Meldungen stehen im Protokollfenster unter UrbanGrain.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Batch work</source>
            <translation>Viele Bilder</translation>
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>The same jobs are in the Processing toolbox under UrbanGrain, and on the command line.</source>
            <translation>Dieselben Aufträge finden sich in der Verarbeitungswerkzeugkiste unter UrbanGrain und auf der Kommandozeile.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/job_panel.py" />
            <source>{layer} is being edited: its unsaved edits are included.</source>
            <translation>{layer} wird bearbeitet: Ungespeicherte Änderungen sind einbezogen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>Labelled image: {text}</source>
            <translation>Bild mit Referenz: {text}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>Labelled image</source>
            <translation>Bild mit Referenz</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>An image like those that the model learnt from, with reference polygons, so that it does not forget.</source>
            <translation>Ein Bild wie die, aus denen das Modell gelernt hat, mit Referenzpolygonen, damit es nichts vergisst.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>The labelled image. Default: none, and demo cities stand in.</source>
            <translation>Das Bild mit Referenz. Voreinstellung: keines, und Demostädte springen ein.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>Image</source>
            <translation>Bild</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>This model knows other classes or bands than the demo cities have. Choose a labelled image.</source>
            <translation>Dieses Modell kennt andere Klassen oder Kanäle, als die Demostädte haben. Wählen Sie ein Bild mit Referenz.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/labelled_image.py" />
            <source>demo cities</source>
            <translation>Demostädte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>Live at {gsd}, without flips and clean-up. Press Run for the map itself.</source>
            <translation>Live bei {gsd}, ohne Spiegelungen und Bereinigung. Für die Karte selbst „Start“ drücken.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>Live view: asking the engine…</source>
            <translation>Live-Ansicht: Engine wird gefragt …</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>Zoomed out: seen at {gsd}, where the model is made for {low} to {high}. Zoom in to judge it.</source>
            <translation>Herausgezoomt: gesehen bei {gsd}, das Modell ist für {low} bis {high} gemacht. Zum Beurteilen hineinzoomen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>The map canvas shows nothing yet. Zoom to the image.</source>
            <translation>Das Kartenfenster zeigt noch nichts. Zoomen Sie auf das Bild.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>The view lies outside the image.</source>
            <translation>Die Ansicht liegt außerhalb des Bildes.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_view.py" />
            <source>Live view: {done} of {total} tiles</source>
            <translation>Live-Ansicht: {done} von {total} Kacheln</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_widget.py" />
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_widget.py" />
            <source>Opacity</source>
            <translation>Deckkraft</translation>
        </message>
        <message>
            <location filename="../plugin/dock/live_widget.py" />
            <source>How opaque the tiles are; less lets the image shine through. Default: 80 %.</source>
            <translation>Wie deckend die Kacheln sind; weniger lässt das Bild durchscheinen. Vorgabe: 80 %.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Cut parcels</source>
            <translation>Parzellen bilden</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Cut the parcels in the background (Ctrl+Return).</source>
            <translation>Die Parzellen im Hintergrund bilden (Strg+Eingabe).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>The polygons to cut, such as a city's border. Borders between them are borders of parcels too.</source>
            <translation>Die Polygone, die zerschnitten werden, etwa eine Stadtgrenze. Grenzen zwischen ihnen sind auch Parzellengrenzen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Lines that cut; any coordinate reference system. What lies in tunnels does not cut.</source>
            <translation>Linien, die schneiden; jedes Koordinatenbezugssystem. Was in Tunneln liegt, schneidet nicht.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>The field with the class of a road, such as highway. Empty: all roads are equally wide.</source>
            <translation>Das Feld mit der Klasse einer Straße, etwa highway. Leer: Alle Straßen sind gleich breit.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Boundary</source>
            <translation>Grenze</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Roads</source>
            <translation>Straßen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>The field {field} has more than {count} values. Choose one that holds classes.</source>
            <translation>Das Feld {field} hat mehr als {count} Werte. Wählen Sie eines, das Klassen enthält.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>All roads are {width} wide, because no class field is chosen.</source>
            <translation>Alle Straßen sind {width} breit, weil kein Klassenfeld gewählt ist.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>{boundary} (polygons: {polygons}) is cut by {roads} (lines: {lines}).</source>
            <translation>{boundary} (Polygone: {polygons}) wird durch {roads} (Linien: {lines}) zerschnitten.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>UrbanGrain: cutting parcels of {boundary}</source>
            <translation>UrbanGrain: Parzellen von {boundary} werden gebildet</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>The parcels of {boundary} are ready.</source>
            <translation>Die Parzellen von {boundary} sind fertig.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Add a polygon layer with the boundary to the project.</source>
            <translation>Fügen Sie dem Projekt einen Polygonlayer mit der Grenze hinzu.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/make_parcels_panel.py" />
            <source>Add a line layer with roads to the project.</source>
            <translation>Fügen Sie dem Projekt einen Linienlayer mit Straßen hinzu.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>The imagery to map: any coordinate reference system, bands and bit depth.</source>
            <translation>Das Bild, das kartiert wird: jedes Koordinatenbezugssystem, beliebige Kanäle und Bittiefe.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>The model that makes the map. The line below says what its card states.</source>
            <translation>Das Modell, das die Karte macht. Die Zeile darunter sagt, was seine Modellkarte angibt.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Parcels to summarise: each gets its class shares, dominant class and purity. Default: none.</source>
            <translation>Parzellen, die zusammengefasst werden: Jede bekommt Klassenanteile, vorherrschende Klasse und Reinheit. Voreinstellung: keine.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Run</source>
            <translation>Start</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Make the map in the background; QGIS stays free (Ctrl+Return).</source>
            <translation>Die Karte im Hintergrund erstellen; QGIS bleibt frei (Strg+Eingabe).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Live view</source>
            <translation>Live-Ansicht</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Map what the canvas shows as you move, to look at and not to keep (Ctrl+L). Default: off.</source>
            <translation>Kartiert laufend, was das Kartenfenster zeigt, zum Ansehen und nicht zum Behalten (Strg+L). Vorgabe: aus.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Map all rasters of a folder, a list or some layers, and put them together.</source>
            <translation>Kartiert alle Raster eines Ordners, einer Liste oder einiger Layer und setzt sie zusammen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Open settings</source>
            <translation>Einstellungen öffnen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Choose, install or check the engine.</source>
            <translation>Die Engine wählen, installieren oder prüfen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Many scenes are mapped by QGIS's Processing, which is switched off (Plugins &gt; Manage and Install).</source>
            <translation>Viele Szenen kartiert die Verarbeitung (Processing) von QGIS, und die ist ausgeschaltet (Erweiterungen &gt; Verwalten und installieren).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>The live view shows classes, and this model gives values. Press Run.</source>
            <translation>Die Live-Ansicht zeigt Klassen, dieses Modell liefert Werte. Drücken Sie „Start“.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>UrbanGrain: mapping {image}</source>
            <translation>UrbanGrain: {image} wird kartiert</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>The map of {image} is ready.</source>
            <translation>Die Karte von {image} ist fertig.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Many scenes…</source>
            <translation>Viele Szenen …</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Mapping</source>
            <translation>Zuordnung</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Which class each value of the field means. Values without a class are left out.</source>
            <translation>Welche Klasse jeder Wert des Feldes bedeutet. Werte ohne Klasse werden ausgelassen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Class</source>
            <translation>Klasse</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>not used</source>
            <translation>nicht verwendet</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>the field has no values</source>
            <translation>das Feld hat keine Werte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>{matched} of {count} matched</source>
            <translation>{matched} von {count} zugeordnet</translation>
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Class of {value}</source>
            <translation>Klasse von {value}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>Confusion matrix: rows are the map, columns the reference</source>
            <translation>Konfusionsmatrix: Zeilen sind die Karte, Spalten die Referenz</translation>
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>map \ reference</source>
            <translation>Karte \ Referenz</translation>
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>{pixels} pixels of {reference} were mapped as {mapped}: {share} of {reference}.</source>
            <translation>{pixels} Pixel von {reference} wurden als {mapped} kartiert: {share} von {reference}.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>Reference: {name}</source>
            <translation>Referenz: {name}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>Map: {name}</source>
            <translation>Karte: {name}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Models (*.onnx *.json)</source>
            <translation>Modelle (*.onnx *.json)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>any resolution</source>
            <translation>jede Auflösung</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>sharper imagery</source>
            <translation>schärferes Bild</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Use a model of your own: an .onnx file (also one made for Deepness) or a model card</source>
            <translation>Ein eigenes Modell verwenden: eine .onnx-Datei (auch eine für Deepness) oder eine Modellkarte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Asking the engine…</source>
            <translation>Die Engine wird gefragt…</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>No models</source>
            <translation>Keine Modelle</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Model file</source>
            <translation>Modelldatei</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>The engine found no model.</source>
            <translation>Die Engine hat kein Modell gefunden.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{number} m</source>
            <translation>{number} m</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{low}–{high} m</source>
            <translation>{low}–{high} m</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>values: {names}</source>
            <translation>Werte: {names}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{count} classes</source>
            <translation>{count} Klassen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>({band})</source>
            <translation>({band})</translation>
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{accuracy} on {data}</source>
            <translation>{accuracy} auf {data}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>More images</source>
            <translation>Weitere Bilder</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>Further images of the same place or sensor, with their bands in the same order.</source>
            <translation>Weitere Bilder desselben Ortes oder Sensors, mit ihren Kanälen in derselben Reihenfolge.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>One after the other</source>
            <translation>Nacheinander</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>Adapt to each image in turn, each time from the last one's model. Default: to all of them together.</source>
            <translation>Der Reihe nach an jedes Bild anpassen, jedes Mal vom vorigen Modell aus. Voreinstellung: an alle zusammen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>There is no further image in the project.</source>
            <translation>Im Projekt ist kein weiteres Bild.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>{count}, one after the other</source>
            <translation>{count}, nacheinander</translation>
        </message>
        <message>
            <location filename="../plugin/dock/more_images.py" />
            <source>{count}, together</source>
            <translation>{count}, zusammen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Outputs</source>
            <translation>Ausgaben</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Confidence raster</source>
            <translation>Konfidenzraster</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>How sure the model is of each pixel, 0 to 100 %. Default: on.</source>
            <translation>Wie sicher sich das Modell bei jedem Pixel ist, 0 bis 100 %. Voreinstellung: an.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>The map as polygons with class, area and mean confidence. Default: on.</source>
            <translation>Die Karte als Polygone mit Klasse, Fläche und mittlerer Konfidenz. Voreinstellung: an.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Probabilities of each class</source>
            <translation>Wahrscheinlichkeiten jeder Klasse</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>One raster band a class. Large. Default: off.</source>
            <translation>Ein Rasterkanal je Klasse. Groß. Voreinstellung: aus.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>temporary folder</source>
            <translation>temporärer Ordner</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Where the files go. Empty: a temporary folder that QGIS deletes when it closes.</source>
            <translation>Wohin die Dateien kommen. Leer: ein temporärer Ordner, den QGIS beim Schließen löscht.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>from the image's name</source>
            <translation>nach dem Namen des Bildes</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>How the files' names begin. A number is added rather than replacing files that exist.</source>
            <translation>Womit die Dateinamen beginnen. Statt vorhandene Dateien zu ersetzen, wird eine Nummer angehängt.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>values</source>
            <translation>Werte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>classes</source>
            <translation>Klassen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>confidence</source>
            <translation>Konfidenz</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>polygons</source>
            <translation>Polygone</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>probabilities</source>
            <translation>Wahrscheinlichkeiten</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Temporary: the files are deleted when QGIS closes. Choose a folder to keep them.</source>
            <translation>Temporär: Die Dateien werden gelöscht, wenn QGIS schließt. Wählen Sie einen Ordner, um sie zu behalten.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>The output folder {folder} does not exist. Create it, or choose another.</source>
            <translation>Den Ausgabeordner {folder} gibt es nicht. Legen Sie ihn an oder wählen Sie einen anderen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>The output folder {folder} is read-only. Choose another.</source>
            <translation>Der Ausgabeordner {folder} ist schreibgeschützt. Wählen Sie einen anderen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>temporary</source>
            <translation>temporär</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>no limit</source>
            <translation>beliebig</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Shape and size</source>
            <translation>Form und Größe</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source> m</source>
            <translation> m</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Parcels are shrunk and grown again by this: what is narrower than twice as much goes, such as slivers and necks. 0: nothing goes. Default: 5 m.</source>
            <translation>Parzellen werden um so viel geschrumpft und wieder gedehnt: Was schmaler ist als das Doppelte, fällt weg, etwa Splitter und Engstellen. 0: Nichts fällt weg. Voreinstellung: 5 m.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Smaller parcels are left out. Default: none are.</source>
            <translation>Kleinere Parzellen werden ausgelassen. Voreinstellung: keine.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Larger parcels are left out. Default: none are.</source>
            <translation>Größere Parzellen werden ausgelassen. Voreinstellung: keine.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Opening</source>
            <translation>Öffnung</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Smallest parcel</source>
            <translation>Kleinste Parzelle</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>Largest parcel</source>
            <translation>Größte Parzelle</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>No parcel fits: the largest area is not above the smallest.</source>
            <translation>Keine Parzelle passt: Die größte Fläche liegt nicht über der kleinsten.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>opening {width}</source>
            <translation>Öffnung {width}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>{low} to {high}</source>
            <translation>{low} bis {high}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>any size</source>
            <translation>jede Größe</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>from {area}</source>
            <translation>ab {area}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sizes_widget.py" />
            <source>up to {area}</source>
            <translation>bis {area}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Imagery that the parcels are looked at in. Default: none.</source>
            <translation>Das Bild, in dem die Parzellen angesehen werden. Voreinstellung: keines.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Shops, schools, stations and the like, as points or polygons of OpenStreetMap or Gaode. Default: none.</source>
            <translation>Läden, Schulen, Bahnhöfe und dergleichen (Points of Interest), als Punkte oder Polygone von OpenStreetMap oder Gaode. Voreinstellung: keine.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>The field with OpenStreetMap tags or values, or Gaode types or codes.</source>
            <translation>Das Feld mit Tags oder Werten von OpenStreetMap oder mit Typen oder Codes von Gaode.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>A class map whose shares are written beside the land use; it tells the model nothing. Default: none.</source>
            <translation>Eine Klassenkarte, deren Anteile neben die Landnutzung geschrieben werden; dem Modell sagt sie nichts. Voreinstellung: keine.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Points of interest</source>
            <translation>POIs</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Category</source>
            <translation>Kategorie</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>User density</source>
            <translation>Nutzerdichte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Land-cover map</source>
            <translation>Landbedeckung</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>image</source>
            <translation>Bild</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>points of interest</source>
            <translation>POIs</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>user density</source>
            <translation>Nutzerdichte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>Choose the field with the category of the points of interest.</source>
            <translation>Wählen Sie das Feld mit der Kategorie der POIs.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcel_sources.py" />
            <source>{layer} lies elsewhere: it says nothing about these parcels.</source>
            <translation>{layer} liegt anderswo und sagt nichts über diese Parzellen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>Output</source>
            <translation>Ausgabe</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>GeoPackage (*.gpkg)</source>
            <translation>GeoPackage (*.gpkg)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>temporary file</source>
            <translation>temporäre Datei</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>The GeoPackage to write. A file that exists is not replaced: the new one gets a number. Default: a temporary file that QGIS deletes when it closes.</source>
            <translation>Das GeoPackage, das geschrieben wird. Eine vorhandene Datei wird nicht ersetzt: Die neue bekommt eine Nummer. Voreinstellung: eine temporäre Datei, die QGIS beim Schließen löscht.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>{taken} exists and stays: the new file is {free}.</source>
            <translation>{taken} ist schon da und bleibt: Die neue Datei heißt {free}.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_output.py" />
            <source>Temporary: the file is deleted when QGIS closes. Choose one to keep it.</source>
            <translation>Temporär: Die Datei wird gelöscht, wenn QGIS schließt. Wählen Sie eine eigene, um sie zu behalten.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Parcels are polygons of your own, or are cut from a boundary (polygons) by roads (lines). Add such layers, or try the demo scene.</source>
            <translation>Parzellen sind eigene Polygone oder werden aus einer Grenze (Polygone) mit Straßen (Linien) gebildet. Fügen Sie solche Layer hinzu, oder probieren Sie die Demoszene.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Add a polygon layer</source>
            <translation>Polygonlayer hinzufügen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Open QGIS's Data Source Manager at its vector page.</source>
            <translation>Die Datenquellenverwaltung von QGIS auf der Vektorseite öffnen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Task</source>
            <translation>Aufgabe</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Cut from streets</source>
            <translation>Aus Straßen bilden</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Make parcels from a boundary and its roads.</source>
            <translation>Parzellen aus einer Grenze und ihren Straßen bilden.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_page.py" />
            <source>Say what the land of parcels is used for.</source>
            <translation>Bestimmen, wofür das Land von Parzellen genutzt wird.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Pieces left out, too narrow or out of the range of areas: {count}.</source>
            <translation>Ausgelassene Stücke, zu schmal oder außerhalb des Flächenbereichs: {count}.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Zoom the map canvas to the result.</source>
            <translation>Das Kartenfenster auf das Ergebnis zoomen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>By quality</source>
            <translation>Nach Qualität</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Colour the layer by how sure its labels are, or by class again.</source>
            <translation>Den Layer danach färben, wie sicher seine Klassen sind, oder wieder nach der Klasse.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Go on with these parcels: say what their land is used for.</source>
            <translation>Mit diesen Parzellen weitermachen: bestimmen, wofür ihr Land genutzt wird.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Open folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Open the folder with the file that was made.</source>
            <translation>Den Ordner mit der erstellten Datei öffnen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Cut {count} parcels ({area}) by {roads} roads in {time}.</source>
            <translation>{count} Parzellen ({area}) mit {roads} Straßen in {time} gebildet.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Classified {count} of {parcels} parcels in {time} on {device}.</source>
            <translation>{count} von {parcels} Parzellen in {time} auf {device} klassifiziert.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Quality 4 to 5 (probability from 0.9): {count} ({share}).</source>
            <translation>Qualität 4 bis 5 (Wahrscheinlichkeit ab 0,9): {count} ({share}).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>By land use</source>
            <translation>Nach Nutzung</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>{source} ({count})</source>
            <translation>{source} ({count})</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Used: {sources}.</source>
            <translation>Verwendet: {sources}.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/parcels_result.py" />
            <source>Cancelled. Nothing was left behind.</source>
            <translation>Abgebrochen. Nichts blieb zurück.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/preflight.py" />
            <source>Looking at the image…</source>
            <translation>Das Bild wird angesehen…</translation>
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>Stop now. Nothing half-made is left behind.</source>
            <translation>Jetzt anhalten. Nichts Halbfertiges bleibt zurück.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>Starting the engine</source>
            <translation>Die Engine startet</translation>
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>{time} so far</source>
            <translation>bisher {time}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>{time} left</source>
            <translation>noch {time}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>Polygons whose class is known; any coordinate reference system.</source>
            <translation>Polygone mit bekannter Klasse; jedes Koordinatenbezugssystem.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>The field that says which class a polygon is.</source>
            <translation>Das Feld, das sagt, zu welcher Klasse ein Polygon gehört.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>Add a polygon layer with reference classes to the project.</source>
            <translation>Fügen Sie dem Projekt einen Polygonlayer mit Referenzklassen hinzu.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>Matching the values with the classes…</source>
            <translation>Werte werden den Klassen zugeordnet…</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>No value is matched to a class. Open Mapping and choose classes.</source>
            <translation>Kein Wert ist einer Klasse zugeordnet. Öffnen Sie Zuordnung und wählen Sie Klassen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>{layer} has no field with classes.</source>
            <translation>{layer} hat kein Feld mit Klassen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/reference_picker.py" />
            <source>Left out, because no class is chosen: {values}.</source>
            <translation>Ausgelassen, weil keine Klasse gewählt ist: {values}.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Compare this map with reference polygons on the Accuracy page.</source>
            <translation>Diese Karte auf der Seite Genauigkeit mit Referenzpolygonen vergleichen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Open the folder with the files that were made.</source>
            <translation>Den Ordner mit den erstellten Dateien öffnen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Continue</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Go on with the interrupted run: what was mapped is not mapped again.</source>
            <translation>Den unterbrochenen Lauf fortsetzen: Was kartiert war, wird nicht noch einmal kartiert.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>parcels</source>
            <translation>Parzellen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Made {outputs} of {size} Mpx in {time} on {device} ({rate}).</source>
            <translation>{outputs} von {size} Mpx in {time} auf {device} erstellt ({rate}).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Road widths</source>
            <translation>Straßenbreiten</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>How much each class of road takes off, in metres of the whole roadbed.</source>
            <translation>Wie viel jede Straßenklasse wegnimmt, in Metern der ganzen Straßenbreite.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Width of the whole roadbed in metres; 0 does not cut. Double-click or type to change one. Default: usual widths of OpenStreetMap's classes.</source>
            <translation>Breite der ganzen Straße in Metern; 0 schneidet nicht. Zum Ändern doppelklicken oder tippen. Voreinstellung: übliche Breiten der Klassen von OpenStreetMap.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Width of roads without a class, or of a class that has no usual width. Default: 6 m.</source>
            <translation>Breite von Straßen ohne Klasse oder mit einer Klasse ohne übliche Breite. Voreinstellung: 6 m.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Usual widths</source>
            <translation>Übliche Breiten</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Forget all changes of the table.</source>
            <translation>Alle Änderungen der Tabelle verwerfen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Other roads</source>
            <translation>Sonstige Straßen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>does not cut</source>
            <translation>schneidet nicht</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Width</source>
            <translation>Breite</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>This class has no usual width: it counts as one of the other roads.</source>
            <translation>Diese Klasse hat keine übliche Breite: Sie zählt zu den sonstigen Straßen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>as usual</source>
            <translation>wie üblich</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>Usual width: {width}</source>
            <translation>Übliche Breite: {width}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>all {width}</source>
            <translation>alle {width}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/road_widths_widget.py" />
            <source>{count} changed</source>
            <translation>{count} geändert</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>as the model</source>
            <translation>wie das Modell</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source> px</source>
            <translation> px</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Side of the window that the model sees at once. Larger: more context and memory. Default: the model's.</source>
            <translation>Seite des Fensters, das das Modell auf einmal sieht. Größer: mehr Umgebung und mehr Speicher. Voreinstellung: die des Modells.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Share of a window that its neighbour covers again. More: smoother seams, slower. Default: 25 %.</source>
            <translation>Anteil eines Fensters, den auch das Nachbarfenster bedeckt. Mehr: weichere Nähte, langsamer. Voreinstellung: 25 %.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>How overlapping windows are joined. Default: Gaussian weights, which trust a window's centre most.</source>
            <translation>Wie überlappende Fenster verbunden werden. Voreinstellung: Gauß-Gewichte, die der Fenstermitte am meisten trauen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Each window is also seen mirrored and the answers are averaged: steadier, and that many times slower. Default: 4 flips.</source>
            <translation>Jedes Fenster wird auch gespiegelt gesehen, und die Antworten werden gemittelt: ruhiger und um so viele Male langsamer. Voreinstellung: 4 Spiegelungen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Number format on the device. Default: 16 bit on GPUs that are built for it.</source>
            <translation>Zahlenformat auf dem Gerät. Voreinstellung: 16 Bit auf GPUs, die dafür gebaut sind.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>What runs the network. Default: for large maps, whichever a short trial on this computer finds faster.</source>
            <translation>Was das Netz ausführt. Voreinstellung: bei großen Karten das, was ein kurzer Versuch auf diesem Rechner schneller findet.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Window</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Overlap</source>
            <translation>Überlappung</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Blending</source>
            <translation>Verbindung</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Flips</source>
            <translation>Spiegelungen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Precision</source>
            <translation>Zahlenformat</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Backend</source>
            <translation>Backend</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>model's window</source>
            <translation>Fenster des Modells</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>{number} %</source>
            <translation>{number} %</translation>
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>{count} px</source>
            <translation>{count} px</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Scores of each class</source>
            <translation>Maße jeder Klasse</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Class of the map</source>
            <translation>Klasse der Karte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>UA</source>
            <translation>NG</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>User's accuracy (precision): share of what is mapped as the class that is right</source>
            <translation>Nutzergenauigkeit (Precision): Anteil des als Klasse Kartierten, der richtig ist</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>PA</source>
            <translation>PG</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Producer's accuracy (recall): share of the class's reference that was found</source>
            <translation>Produzentengenauigkeit (Recall): Anteil der Referenz der Klasse, der gefunden wurde</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Harmonic mean of user's and producer's accuracy</source>
            <translation>Harmonisches Mittel von Nutzer- und Produzentengenauigkeit</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Intersection over union</source>
            <translation>Schnittmenge geteilt durch Vereinigung (Intersection over Union)</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Pixels</source>
            <translation>Pixel</translation>
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Reference pixels of the class</source>
            <translation>Referenzpixel der Klasse</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>found by itself</source>
            <translation>von selbst gefunden</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Python interpreter or environment folder that runs the engine. Default: the one that is installed.</source>
            <translation>Python-Interpreter oder Umgebungsordner, der die Engine ausführt. Voreinstellung: die installierte.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Restart and check</source>
            <translation>Neu starten und prüfen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>End the engine's process, start a fresh one and ask it how it is.</source>
            <translation>Den Prozess der Engine beenden, einen neuen starten und fragen, wie es ihm geht.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>With support for NVIDIA GPUs</source>
            <translation>Mit Unterstützung für GPUs von NVIDIA</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Also installs the CUDA libraries: a larger download. Needs uv. Default: off.</source>
            <translation>Installiert auch die CUDA-Bibliotheken: ein größerer Download. Braucht uv. Voreinstellung: aus.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Install engine</source>
            <translation>Engine installieren</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Make a Python environment for the engine in your QGIS profile. No administrator rights are needed.</source>
            <translation>Eine Python-Umgebung für die Engine in Ihrem QGIS-Profil anlegen. Administratorrechte sind nicht nötig.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Copy these lines, to paste them into a problem report.</source>
            <translation>Diese Zeilen kopieren, um sie in eine Fehlermeldung einzufügen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Installation</source>
            <translation>Installation</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Diagnostics</source>
            <translation>Diagnose</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Not installed.</source>
            <translation>Nicht installiert.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>There is no Python at the place given below.</source>
            <translation>An der unten angegebenen Stelle ist kein Python.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>The last installation was not finished. Install again: it starts afresh.</source>
            <translation>Die letzte Installation wurde nicht beendet. Installieren Sie noch einmal: Sie beginnt von vorn.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>{step} ({number} of {count})…</source>
            <translation>{step} ({number} von {count})…</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Takes about {need} in {folder} ({free} free) and a download of several minutes.</source>
            <translation>Braucht etwa {need} in {folder} ({free} frei) und einen Download von einigen Minuten.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Installed. It starts when it is first needed.</source>
            <translation>Installiert. Sie startet, wenn sie zuerst gebraucht wird.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>There is too little free space: {need} are needed. Free some and try again.</source>
            <translation>Es ist zu wenig Platz frei: {need} werden gebraucht. Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Version {version}, running on: {devices}.</source>
            <translation>Version {version}, läuft auf: {devices}.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>as the recipe</source>
            <translation>nach Rezept</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>How often every training tile is seen, if time allows. Default: the recipe of the model's network.</source>
            <translation>Wie oft jede Trainingskachel gesehen wird, wenn die Zeit reicht. Voreinstellung: nach dem Rezept des Netzes, das das Modell hat.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Steps for each round, if time allows. Default: the recipe's.</source>
            <translation>Schritte je Runde, wenn die Zeit reicht. Voreinstellung: nach Rezept.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Side of a training tile. Larger: more context and memory. Default: the recipe's.</source>
            <translation>Seite einer Trainingskachel. Größer: mehr Umgebung und mehr Speicher. Voreinstellung: nach Rezept.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Tiles that are learnt from at once. More: steadier, more memory. Default: as many as the recipe says.</source>
            <translation>Kacheln, aus denen auf einmal gelernt wird. Mehr: ruhiger, mehr Speicher. Voreinstellung: so viele, wie das Rezept sagt.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>How much a step changes. Too large: the loss jumps. Default: the recipe's.</source>
            <translation>Wie viel ein Schritt ändert. Zu groß: Der Verlust springt. Voreinstellung: nach Rezept.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Share of the polygons, by place, that is kept to measure the model and not learnt from. Default: 25 %.</source>
            <translation>Anteil der Polygone, nach Ort gewählt, an dem das Modell gemessen und aus dem nicht gelernt wird. Voreinstellung: 25 %.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>a share of the polygons</source>
            <translation>ein Anteil der Polygone</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Polygons of the same image to measure the model on, with values as in the mapping. Default: none.</source>
            <translation>Polygone desselben Bildes, an denen das Modell gemessen wird, mit Werten wie in der Zuordnung. Voreinstellung: keine.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>The field that says which class a validation polygon is.</source>
            <translation>Das Feld, das sagt, zu welcher Klasse ein Validierungspolygon gehört.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>The same seed gives the same division, order and variation of tiles. Default: 0.</source>
            <translation>Derselbe Startwert ergibt dieselbe Aufteilung, Reihenfolge und Abwandlung der Kacheln. Voreinstellung: 0.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Epochs</source>
            <translation>Epochen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Tile</source>
            <translation>Kachel</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Batch</source>
            <translation>Stapelgröße</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Learning rate</source>
            <translation>Lernrate</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Validation</source>
            <translation>Validierung</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Its field</source>
            <translation>Klassenfeld</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>Share</source>
            <translation>Anteil</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>A training tile needs at least {count} pixels.</source>
            <translation>Eine Trainingskachel braucht mindestens {count} Pixel.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>{count} steps</source>
            <translation>{count} Schritte</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>batch {count}</source>
            <translation>Stapel {count}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>rate {value}</source>
            <translation>Lernrate {value}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>validated on {layer}</source>
            <translation>validiert an {layer}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>{count} epochs</source>
            <translation>{count} Epochen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_advanced.py" />
            <source>{number} % held out</source>
            <translation>{number} % Validierung</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Fine-tune with my polygons</source>
            <translation>Mit meinen Polygonen nachtrainieren</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Teach a model with reference polygons of your own image (default).</source>
            <translation>Ein Modell mit Referenzpolygonen des eigenen Bildes nachtrainieren (Voreinstellung).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Adapt to this image without labels</source>
            <translation>Ohne Referenz an dieses Bild anpassen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Fit a model to the look of another place or sensor; no polygons of it are needed.</source>
            <translation>Ein Modell an das Aussehen eines anderen Ortes oder Sensors anpassen; Polygone davon sind nicht nötig.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>The model to start from; it stays as it is.</source>
            <translation>Das Modell, von dem ausgegangen wird; es bleibt, wie es ist.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>The imagery to learn from: any coordinate reference system, bands and bit depth.</source>
            <translation>Das Bild, aus dem gelernt wird: jedes Koordinatenbezugssystem, beliebige Kanäle und Bittiefe.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Start from</source>
            <translation>Ausgangsmodell</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>{model} cannot be trained: it gives no classes, or its weights are a finished ONNX file.</source>
            <translation>{model} kann nicht trainiert werden: Nötig sind Klassen und eigene Gewichte, und die haben ONNX-Dateien nicht.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Stopping; what was learnt is saved…</source>
            <translation>Wird gestoppt; das Gelernte wird gespeichert…</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>There is no image in the project. Add a raster layer, or try the demo scene on the Map page.</source>
            <translation>Im Projekt ist kein Bild. Fügen Sie einen Rasterlayer hinzu, oder probieren Sie die Demoszene auf der Seite Karte.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>UrbanGrain: adapting {model}</source>
            <translation>UrbanGrain: {model} wird angepasst</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Labelled images</source>
            <translation>Bilder mit Referenz</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>UrbanGrain: training {model}</source>
            <translation>UrbanGrain: {model} wird trainiert</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Make the model in the background; QGIS stays free (Ctrl+Return).</source>
            <translation>Das Modell im Hintergrund erstellen; QGIS bleibt frei (Strg+Eingabe).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Stop and keep</source>
            <translation>Stoppen und behalten</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Stop and keep the best</source>
            <translation>Stoppen und Bestes behalten</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>End now; the new model has the weights as they are.</source>
            <translation>Jetzt beenden; das neue Modell hat die Gewichte, wie sie sind.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>End now; the new model has the best weights so far.</source>
            <translation>Jetzt beenden; das neue Modell hat die bisher besten Gewichte.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Kept: {values}</source>
            <translation>Behalten: {values}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>The model {title} is ready.</source>
            <translation>Das Modell {title} ist fertig.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_page.py" />
            <source>Adapt</source>
            <translation>Anpassen</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_result.py" />
            <source>Map with it</source>
            <translation>Damit kartieren</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_result.py" />
            <source>Go to the Map page, where the new model is chosen.</source>
            <translation>Zur Seite Karte gehen, wo das neue Modell gewählt ist.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_result.py" />
            <source>Open the folder of the model: card, weights, and the curves as a table.</source>
            <translation>Den Ordner des Modells öffnen: Modellkarte, Gewichte und die Kurven als Tabelle.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_result.py" />
            <source>Go on with the interrupted training from its last saved state.</source>
            <translation>Das unterbrochene Training beim letzten Zwischenstand fortsetzen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_result.py" />
            <source>Stopped before the model had learnt anything. Nothing was left behind.</source>
            <translation>Gestoppt, bevor das Modell etwas gelernt hatte. Nichts blieb zurück.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>What the new model is called in the lists. Default: after the model and the image.</source>
            <translation>Wie das neue Modell in den Listen heißt. Voreinstellung: nach dem Modell und dem Bild.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>my models, in the QGIS profile</source>
            <translation>Modelle im Profil</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source> min</source>
            <translation> min</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>When learning ends at the latest; you can stop it at any time before. 0: no limit. Default: 15 min.</source>
            <translation>Wann das Lernen spätestens endet; Sie können es jederzeit vorher stoppen. 0: keine Grenze. Voreinstellung: 15 min.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>Time limit</source>
            <translation>Zeitgrenze</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>Give the new model a name with letters or digits.</source>
            <translation>Geben Sie dem neuen Modell einen Namen mit Buchstaben oder Ziffern.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>Where the model's folder is made. Empty: in your QGIS profile ({folder}).</source>
            <translation>Wo der Ordner des Modells angelegt wird. Leer: in Ihrem QGIS-Profil ({folder}).</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>{model}, {image}</source>
            <translation>{model}, {image}</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>The folder {folder} cannot be made: {reason}. Choose another.</source>
            <translation>Der Ordner {folder} kann nicht angelegt werden: {reason}. Wählen Sie einen anderen.</translation>
        </message>
        <message>
            <location filename="../plugin/dock/train_target.py" />
            <source>There is a model {name} already. Choose another name.</source>
            <translation>Ein Modell {name} gibt es schon. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>pyproject.toml lists no requirements. Install the plugin again.</source>
            <translation>pyproject.toml nennt keine Anforderungen. Installieren Sie das Plugin neu.</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>QGIS's Python interpreter was not found. Install uv, then try again.</source>
            <translation>Der Python-Interpreter von QGIS wurde nicht gefunden. Installieren Sie uv und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>Making the environment</source>
            <translation>Umgebung wird angelegt</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>Installing the packages</source>
            <translation>Pakete werden installiert</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>Checking</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The installation was cancelled.</source>
            <translation>Die Installation wurde abgebrochen.</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The engine needs Python 3.10 and QGIS has {version}. Install uv, then try again.</source>
            <translation>Die Engine braucht Python 3.10, und QGIS hat {version}. Installieren Sie uv und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>That failed; trying the usual package index alone, a larger download.</source>
            <translation>Das ist gescheitert; versucht wird der übliche Paketindex allein, ein größerer Download.</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>{program} could not be started.</source>
            <translation>{program} konnte nicht gestartet werden.</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The old engine could not be removed: {reason}</source>
            <translation>Die alte Engine konnte nicht entfernt werden: {reason}</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The engine is installed.</source>
            <translation>Die Engine ist installiert.</translation>
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>{step} failed. The lines above say why; run it again when mended.</source>
            <translation>{step} ist gescheitert. Die Zeilen darüber sagen, warum; starten Sie noch einmal, wenn es behoben ist.</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo city</source>
            <translation>Demostadt</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo boundary</source>
            <translation>Demogrenze</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo parcels</source>
            <translation>Demoparzellen</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo roads</source>
            <translation>Demostraßen</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo points of interest</source>
            <translation>Demo-POIs</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo reference</source>
            <translation>Demoreferenz</translation>
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo user density</source>
            <translation>Demo-Nutzerdichte</translation>
        </message>
        <message>
            <location filename="../plugin/layers/parcels.py" />
            <source>Land use</source>
            <translation>Landnutzung</translation>
        </message>
        <message>
            <location filename="../plugin/layers/parcels.py" />
            <source>Quality</source>
            <translation>Qualität</translation>
        </message>
        <message>
            <location filename="../plugin/layers/parcels.py" />
            <source>{boundary} · parcels</source>
            <translation>{boundary} · Parzellen</translation>
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>Confidence</source>
            <translation>Konfidenz</translation>
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>Probabilities</source>
            <translation>Wahrscheinlichkeiten</translation>
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>made by UrbanGrain</source>
            <translation>erstellt von UrbanGrain</translation>
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>{image} sharpened</source>
            <translation>{image} geschärft</translation>
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>{image} classes</source>
            <translation>{image} Klassen</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>Choose a raster layer.</source>
            <translation>Wählen Sie einen Rasterlayer.</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>Choose a polygon layer.</source>
            <translation>Wählen Sie einen Polygonlayer.</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>Choose a line layer.</source>
            <translation>Wählen Sie einen Linienlayer.</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>Choose a layer of points or polygons.</source>
            <translation>Wählen Sie einen Punkt- oder Polygonlayer.</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} is a web or database layer. Save it as a file first (Export &gt; Save As).</source>
            <translation>{layer} ist ein Web- oder Datenbanklayer. Speichern Sie ihn zuerst als Datei (Export &gt; Speichern als).</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} is not a polygon layer.</source>
            <translation>{layer} ist kein Polygonlayer.</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} is not a line layer.</source>
            <translation>{layer} ist kein Linienlayer.</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} has neither points nor polygons.</source>
            <translation>{layer} hat weder Punkte noch Polygone.</translation>
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} could not be copied: {reason}</source>
            <translation>{layer} konnte nicht kopiert werden: {reason}</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>0: nothing known</source>
            <translation>0: nichts bekannt</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>1: too large to judge</source>
            <translation>1: zu groß zum Beurteilen</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>2: probability below 0.6</source>
            <translation>2: Wahrscheinlichkeit unter 0,6</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>3: probability from 0.6</source>
            <translation>3: Wahrscheinlichkeit ab 0,6</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>4: probability from 0.9</source>
            <translation>4: Wahrscheinlichkeit ab 0,9</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>5: probability from 0.99</source>
            <translation>5: Wahrscheinlichkeit ab 0,99</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>not known</source>
            <translation>nicht bekannt</translation>
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>not mapped</source>
            <translation>nicht kartiert</translation>
        </message>
        <message>
            <location filename="../plugin/main.py" />
            <source>UrbanGrain: map imagery and check the map</source>
            <translation>UrbanGrain: Bilder kartieren und die Karte prüfen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Adapt a model without labels</source>
            <translation>Ein Modell ohne Referenz anpassen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Fits a model to the look of another place or sensor: it learns to make maps of the new images that cannot be told from its maps of labelled ones. No polygons of the new images are needed, and so how accurate the model is there is not known: compare the maps of both models.

Labelled image: one of the kind that the model learnt from, with reference polygons, so that it does not forget. Without one, demo cities stand in where the model's classes and bands are those of landcover.

Cancel ends the adaptation and keeps the weights as they are.

Folder: its name is the new model's id. A folder in the models folder of your QGIS profile is listed in the dock.</source>
            <translation>Passt ein Modell an das Aussehen eines anderen Ortes oder Sensors an: Es lernt, von den neuen Bildern Karten zu machen, die sich von seinen Karten der Bilder mit Referenz nicht unterscheiden lassen. Polygone der neuen Bilder sind nicht nötig, und deshalb ist nicht bekannt, wie genau das Modell dort ist: Vergleichen Sie die Karten beider Modelle.

Bild mit Referenz: eines von der Art, aus der das Modell gelernt hat, mit Referenzpolygonen, damit es nichts vergisst. Ohne ein solches springen Demostädte ein, wo Klassen und Kanäle des Modells die von landcover sind.

Abbrechen beendet die Anpassung und behält die Gewichte, wie sie sind.

Ordner: Sein Name ist die Kennung des neuen Modells. Ein Ordner im Modellordner Ihres QGIS-Profils erscheint im Bedienfeld.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>One image after the other, each from the last one's model</source>
            <translation>Ein Bild nach dem anderen, jedes vom vorigen Modell aus</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Steps for each round (0: as the recipe)</source>
            <translation>Schritte je Runde (0: nach Rezept)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Its reference polygons</source>
            <translation>Dessen Referenzpolygone</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Their class field</source>
            <translation>Deren Klassenfeld</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Its bands</source>
            <translation>Kanäle des Bildes mit Referenz</translation>
        </message>
        <message>
            <location filename="../plugin/processing/adapt.py" />
            <source>Images to adapt to</source>
            <translation>Bilder, an die angepasst wird</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Assess accuracy</source>
            <translation>Genauigkeit prüfen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Compares a class raster with reference polygons: confusion matrix, overall accuracy, kappa, mean and frequency-weighted IoU; precision (user's), recall (producer's), F1 and IoU of each class.

Mapping: JSON such as {"park": 3, "lake": 1} from values of the field to class values. Empty: guessed by name. Values without a class are left out and counted.</source>
            <translation>Vergleicht ein Klassenraster mit Referenzpolygonen: Konfusionsmatrix, Gesamtgenauigkeit, Kappa, mittlere und häufigkeitsgewichtete IoU; Precision (Nutzergenauigkeit), Recall (Produzentengenauigkeit), F1 und IoU jeder Klasse.

Zuordnung: JSON wie {"park": 3, "lake": 1} von Werten des Feldes zu Klassenwerten. Leer: nach Namen geraten. Werte ohne Klasse werden ausgelassen und gezählt.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Class raster</source>
            <translation>Klassenraster</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Mapping (JSON)</source>
            <translation>Zuordnung (JSON)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Report</source>
            <translation>Bericht</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Overall accuracy</source>
            <translation>Gesamtgenauigkeit</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Kappa</source>
            <translation>Kappa</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Mean IoU</source>
            <translation>Mittlere IoU</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Frequency-weighted IoU</source>
            <translation>Häufigkeitsgewichtete IoU</translation>
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>FWIoU</source>
            <translation>FWIoU</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Classify parcels</source>
            <translation>Parzellen klassifizieren</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Says what parcels are used for: residential, commercial, public, industrial, or agricultural and natural. It looks at image patches inside a parcel, at its points of interest, and at how many people are there in each hour of a day. Give one of the three at least; the more, the better. Each parcel says which were used.

The result has the probability of each class, the land use, its confidence, the entropy (0: sure, 1: no idea), a quality from 0 to 5, area and size group. Two styles come with it: by land use and by quality.

Model: an id such as parcels, or the path of a model folder or card.
Category: the field with OpenStreetMap tags or values, or Gaode types or codes.
User density: a raster of 24 bands, or a CSV table with a column of the parcels' key and 24 of hours.
Class raster: its shares are written beside the prediction.
Bands: numbers of the image's bands in the model's order, such as 1,2,3. Empty: guessed from their names.</source>
            <translation>Bestimmt, wofür Parzellen genutzt werden: Wohnen, Handel und Dienstleistung, öffentliche Einrichtungen, Industrie oder Landwirtschaft und Natur. Angesehen werden Bildausschnitte innerhalb einer Parzelle, ihre Points of Interest (POIs) und wie viele Menschen in jeder Stunde eines Tages dort sind. Geben Sie mindestens eines der drei an; je mehr, desto besser. Jede Parzelle sagt, was davon verwendet wurde.

Das Ergebnis hat die Wahrscheinlichkeit jeder Klasse, die Landnutzung, ihre Konfidenz, die Entropie (0: sicher, 1: ratlos), eine Qualität von 0 bis 5, Fläche und Größengruppe. Zwei Stile kommen mit: nach Landnutzung und nach Qualität.

Modell: eine Kennung wie parcels oder der Pfad eines Modellordners oder einer Modellkarte.
Kategorie: das Feld mit Tags oder Werten von OpenStreetMap oder mit Typen oder Codes von Gaode.
Nutzerdichte: ein Raster mit 24 Kanälen oder eine CSV-Tabelle mit einer Spalte für den Schlüssel der Parzellen und 24 für die Stunden.
Klassenraster: Seine Anteile werden neben die Vorhersage geschrieben.
Kanäle: Nummern der Bildkanäle in der Reihenfolge des Modells, etwa 1,2,3. Leer: nach den Kanalnamen geraten.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Category of the points of interest</source>
            <translation>Kategorie der POIs</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>User density (table)</source>
            <translation>Nutzerdichte (Tabelle)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Key of the parcels in the table</source>
            <translation>Schlüssel der Parzellen in der Tabelle</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Most image patches of a parcel</source>
            <translation>Höchstzahl der Bildausschnitte einer Parzelle</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Seed of the patches' places</source>
            <translation>Startwert für die Orte der Ausschnitte</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>User density (raster of 24 bands)</source>
            <translation>Nutzerdichte (Raster mit 24 Kanälen)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Device (auto, cpu, cuda, cuda:0)</source>
            <translation>Gerät (auto, cpu, cuda, cuda:0)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Classified parcels</source>
            <translation>Klassifizierte Parzellen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Number of parcels</source>
            <translation>Anzahl der Parzellen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Parcels with a land use</source>
            <translation>Parzellen mit Landnutzung</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Give the user density as a raster or as a table, not as both.</source>
            <translation>Geben Sie die Nutzerdichte als Raster oder als Tabelle an, nicht als beides.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/classify.py" />
            <source>Give an image, points of interest or the user density: one at least.</source>
            <translation>Geben Sie ein Bild, POIs oder die Nutzerdichte an: mindestens eines davon.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Build the demo city</source>
            <translation>Demostadt bauen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Builds a procedural city, the same for the same seed: 4-band imagery, exact class truth, reference polygons as a person would draw them, roads, boundary, and parcels. Good for trying things out.</source>
            <translation>Baut eine prozedurale Stadt, für denselben Startwert immer dieselbe: 4-kanaliges Bild, genaue Klassen, Referenzpolygone, wie sie ein Mensch zeichnen würde, Straßen, Grenze und Parzellen. Gut zum Ausprobieren.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Size (px)</source>
            <translation>Größe (px)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Pixel size (m)</source>
            <translation>Pixelgröße (m)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Export a model as ONNX</source>
            <translation>Ein Modell als ONNX exportieren</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Writes a model as an ONNX file for other software, and its card (a STAC Item) beside it. Original and copy are compared on random windows; the log says how far apart they are. The copy can be chosen as a model here too.</source>
            <translation>Schreibt ein Modell als ONNX-Datei für andere Software, und seine Modellkarte (ein STAC Item) daneben. Original und Kopie werden an zufälligen Fenstern verglichen; das Protokoll sagt, wie weit sie auseinanderliegen. Die Kopie kann auch hier als Modell gewählt werden.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>ONNX file</source>
            <translation>ONNX-Datei</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Model card</source>
            <translation>Modellkarte</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Largest difference of a probability</source>
            <translation>Größter Unterschied einer Wahrscheinlichkeit</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>ONNX (*.onnx)</source>
            <translation>ONNX (*.onnx)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Largest difference of a probability {difference}; same class on {share} of the pixels.</source>
            <translation>Größter Unterschied einer Wahrscheinlichkeit {difference}; dieselbe Klasse auf {share} der Pixel.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Make parcels from streets</source>
            <translation>Parzellen aus Straßen bilden</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Cuts parcels out of a boundary: each road takes a band as wide as its class, and what is left is shrunk and grown again, so that slivers and necks disappear.

Road widths: metres by class, of the whole roadbed; 0 does not cut. The table starts with the values of OpenStreetMap's key highway. Classes that are not in it get the width of other roads. Roads that a field named tunnel says to be underground do not cut.

Borders between polygons of the boundary are borders of parcels too. Any reference system will do: metres are metres on the ground, and the parcels come in the boundary's own.</source>
            <translation>Bildet Parzellen aus einer Grenze: Jede Straße nimmt einen Streifen weg, so breit wie ihre Klasse, und was übrig bleibt, wird geschrumpft und wieder gedehnt, sodass Splitter und Engstellen verschwinden.

Straßenbreiten: Meter je Klasse, für die ganze Straße; 0 schneidet nicht. Die Tabelle beginnt mit den Werten des Schlüssels highway von OpenStreetMap. Klassen, die nicht darin stehen, bekommen die Breite sonstiger Straßen. Straßen, die laut einem Feld namens tunnel unter der Erde liegen, schneiden nicht.

Grenzen zwischen Polygonen der Grenze sind auch Parzellengrenzen. Jedes Koordinatenbezugssystem ist recht: Meter sind Meter am Boden, und die Parzellen kommen in dem der Grenze.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Field with the class of a road (empty: highway or fclass)</source>
            <translation>Feld mit der Klasse einer Straße (leer: highway oder fclass)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Width (m)</source>
            <translation>Breite (m)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Width of other roads (m)</source>
            <translation>Breite sonstiger Straßen (m)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Shrink and grow by (m)</source>
            <translation>Schrumpfen/dehnen um (m)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Smallest parcel (m²)</source>
            <translation>Kleinste Parzelle (m²)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Largest parcel (m²; 0: no limit)</source>
            <translation>Größte Parzelle (m²; 0: beliebig)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>Pieces too narrow or out of range</source>
            <translation>Stücke, zu schmal oder außerhalb des Bereichs</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>The roads have no field highway or fclass: all are as wide as other roads.</source>
            <translation>Die Straßen haben kein Feld highway oder fclass: Alle sind so breit wie sonstige Straßen.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/make_parcels.py" />
            <source>The width of {name} is no number: {width}.</source>
            <translation>Die Breite von {name} ist keine Zahl: {width}.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Map imagery</source>
            <translation>Bilder kartieren</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Maps a raster with a model: overlapping windows, averaged over flips, blended; small patches and holes cleaned up. Gives a class raster with names and colours and, where asked for, confidence, probabilities, polygons, and class shares of parcels. A model that gives numbers (regression, super-resolution) makes a raster of them instead, and nothing else.

Model: an id such as landcover, or the path of a model folder, card or .onnx file.
Bands: numbers of the image's bands in the model's order, such as 1,2,3,4 (0: the image has none). Empty: guessed from the band names.</source>
            <translation>Kartiert ein Raster mit einem Modell: überlappende Fenster, über Spiegelungen gemittelt, überblendet; kleine Flecken und Löcher werden bereinigt. Ergibt ein Klassenraster mit Namen und Farben und auf Wunsch Konfidenz, Wahrscheinlichkeiten, Polygone und Klassenanteile von Parzellen. Ein Modell, das Zahlen liefert (Regression, Superauflösung), ergibt stattdessen ein Raster dieser Zahlen und sonst nichts.

Modell: eine Kennung wie landcover oder der Pfad eines Modellordners, einer Modellkarte oder einer .onnx-Datei.
Bänder: Nummern der Bildbänder in der Reihenfolge des Modells, etwa 1,2,3,4 (0: das Bild hat keines). Leer: nach den Bandnamen geraten.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Map inside polygons</source>
            <translation>Innerhalb von Polygonen kartieren</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Map inside extent</source>
            <translation>Innerhalb einer Ausdehnung kartieren</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Go on with an interrupted run</source>
            <translation>Einen unterbrochenen Lauf fortsetzen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Classes or values</source>
            <translation>Klassen oder Werte</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Parcels with class shares</source>
            <translation>Parzellen mit Klassenanteilen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Choose a parcel layer, or leave its output empty.</source>
            <translation>Wählen Sie einen Parzellenlayer, oder lassen Sie seine Ausgabe leer.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>The model gives numbers, not classes: no confidence and no clean-up.</source>
            <translation>Das Modell liefert Zahlen statt Klassen: keine Konfidenz und keine Bereinigung.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Simplify polygons (m)</source>
            <translation>Polygone vereinfachen (m)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Map many scenes</source>
            <translation>Viele Szenen kartieren</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Maps all rasters of a folder, of a list or of some layers with one model: a class raster for each scene, and a mosaic of them with colours and class names. Where scenes overlap, the one listed first is on top.

A scene that cannot be mapped is reported and costs the others nothing. Running the same again maps only what is missing, and goes on where an interrupted run stopped.

List: a text file with one raster a line, a VRT mosaic (its files are the scenes) or a STAC ItemCollection (.json).
Dask scheduler: an address such as tcp://host:8786, or the path of a scheduler file. Its workers need the engine, and must see all files under the same paths.</source>
            <translation>Kartiert alle Raster eines Ordners, einer Liste oder einiger Layer mit einem Modell: ein Klassenraster je Szene und ein Mosaik daraus mit Farben und Klassennamen. Wo sich Szenen überlappen, liegt die zuerst genannte oben.

Eine Szene, die nicht kartiert werden kann, wird gemeldet und kostet die anderen nichts. Derselbe Lauf noch einmal kartiert nur, was fehlt, und macht weiter, wo ein unterbrochener Lauf aufgehört hat.

Liste: eine Textdatei mit einem Raster je Zeile, ein VRT-Mosaik (seine Dateien sind die Szenen) oder eine STAC-ItemCollection (.json).
Dask-Scheduler: eine Adresse wie tcp://host:8786 oder der Pfad einer Scheduler-Datei. Seine Worker brauchen die Engine und müssen alle Dateien unter denselben Pfaden sehen.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Cut scenes into blocks of megapixels (0: only on Dask)</source>
            <translation>Szenen in Blöcke teilen, Megapixel (0: nur auf Dask)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Mosaic</source>
            <translation>Mosaik</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Folder of scenes</source>
            <translation>Ordner der Szenen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Scenes</source>
            <translation>Szenen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>List of scenes</source>
            <translation>Liste der Szenen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>STAC asset</source>
            <translation>STAC-Asset</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Dask scheduler</source>
            <translation>Dask-Scheduler</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Replace files of other jobs</source>
            <translation>Dateien anderer Aufträge ersetzen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Confidence of each scene</source>
            <translation>Konfidenz jeder Szene</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Load the mosaic</source>
            <translation>Mosaik laden</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Folder of the maps</source>
            <translation>Ordner der Karten</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Scenes that are mapped</source>
            <translation>Kartierte Szenen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Scenes that failed</source>
            <translation>Fehlgeschlagene Szenen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Choose a folder, layers or a list of scenes.</source>
            <translation>Wählen Sie einen Ordner, Layer oder eine Liste von Szenen.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>None of the scenes could be mapped.</source>
            <translation>Keine der Szenen konnte kartiert werden.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/map_many.py" />
            <source>Cancelled. Scenes that were done are kept: the same run goes on with the rest.</source>
            <translation>Abgebrochen. Fertige Szenen bleiben erhalten: derselbe Lauf macht mit dem Rest weiter.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Window (px; 0: the model's)</source>
            <translation>Fenster (px; 0: das des Modells)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Overlap (share of the window)</source>
            <translation>Überlappung (Anteil des Fensters)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>The mapping is not JSON such as {"park": 3, "lake": 1}.</source>
            <translation>Die Zuordnung ist kein JSON wie {"park": 3, "lake": 1}.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Smallest patch (m²)</source>
            <translation>Kleinster Flecken (m²)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Largest hole (m²)</source>
            <translation>Größtes Loch (m²)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Device (auto, cpu, cuda, cuda:0,1, all)</source>
            <translation>Gerät (auto, cpu, cuda, cuda:0,1, all)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Grid of the outputs</source>
            <translation>Raster der Ausgaben</translation>
        </message>
        <message>
            <location filename="../plugin/processing/parameters.py" />
            <source>Bands are numbers with commas between them, such as 1,2,3,4.</source>
            <translation>Kanäle sind Zahlen mit Kommas dazwischen, etwa 1,2,3,4.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Rooftops through the years</source>
            <translation>Dächer im Lauf der Jahre</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Maps building rooftops in images of several years, four times as finely as the images are, and writes a raster for each year, one of what changed, and a table of areas in m².

Images: Sentinel-2 reflectance (B2, B3, B4, B8), all with the same pixels.
Years: the year of each image, in the order of the list, such as 2018,2019,2020.
Built-up mask: a raster of the probability of built-up land (0 to 1), such as Dynamic World's. Rooftops stay where it is 0.2 or more.
Check: a rooftop that is there, or is missing, in one year only is voted on by the pixels around it in three years. The first and the last year have one neighbour only and are not checked.</source>
            <translation>Kartiert Dächer von Gebäuden in Bildern mehrerer Jahre, viermal so fein wie die Bilder, und schreibt ein Raster für jedes Jahr, eines der Änderungen und eine Tabelle der Flächen in m².

Bilder: Reflektanz von Sentinel-2 (B2, B3, B4, B8), alle mit denselben Pixeln.
Jahre: das Jahr jedes Bildes, in der Reihenfolge der Liste, etwa 2018,2019,2020.
Bebauungsmaske: ein Raster der Wahrscheinlichkeit für bebautes Land (0 bis 1), etwa das von Dynamic World. Dächer bleiben, wo sie 0,2 oder mehr beträgt.
Prüfung: Über ein Dach, das nur in einem Jahr da ist oder fehlt, stimmen die Pixel ringsum in drei Jahren ab. Das erste und das letzte Jahr haben nur einen Nachbarn und werden nicht geprüft.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>no rooftop</source>
            <translation>kein Dach</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>rooftop in all years</source>
            <translation>Dach in allen Jahren</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>new in {year}</source>
            <translation>neu {year}</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>lost in {year}</source>
            <translation>weggefallen {year}</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>several changes</source>
            <translation>mehrere Änderungen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Images</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Years</source>
            <translation>Jahre</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Built-up mask</source>
            <translation>Bebauungsmaske</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Check each year against its neighbours</source>
            <translation>Jedes Jahr an seinen Nachbarjahren prüfen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Replace files that exist</source>
            <translation>Vorhandene Dateien ersetzen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Load the rasters</source>
            <translation>Raster laden</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Changes of rooftops</source>
            <translation>Änderungen der Dächer</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Areas</source>
            <translation>Flächen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Years are numbers with commas between them, such as 2018,2019,2020.</source>
            <translation>Jahre sind Zahlen mit Kommas dazwischen, etwa 2018,2019,2020.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/rooftop_years.py" />
            <source>Rooftops {year}</source>
            <translation>Dächer {year}</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Sample parcels to label</source>
            <translation>Parzellen für die Referenz auswählen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Chooses parcels that are neither too small nor too large, by closeness to the city's centre and by chance. Fields of the parcels can divide the sample among predicted classes, or put the most uncertain parcels first.

Dispersion: the larger, the more parcels far from the centre; at 1 a parcel at the rim is a tenth as likely as one in the centre. Without a centre, the centroid of all parcels is taken.

The result has all attributes, and the rank and score of each parcel.</source>
            <translation>Wählt Parzellen aus, die als Referenz bestimmt werden sollen und weder zu klein noch zu groß sind, nach Nähe zum Stadtzentrum und nach Zufall. Felder der Parzellen können die Stichprobe auf vorhergesagte Klassen aufteilen oder die unsichersten Parzellen voranstellen.

Streuung: je größer, desto mehr Parzellen weit vom Zentrum; bei 1 ist eine Parzelle am Rand ein Zehntel so wahrscheinlich wie eine im Zentrum. Ohne Zentrum gilt der Schwerpunkt aller Parzellen.

Das Ergebnis hat alle Attribute sowie Rang und Punktzahl jeder Parzelle.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Divide among the values of</source>
            <translation>Aufteilen auf die Werte von</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Most uncertain first, by</source>
            <translation>Unsicherste zuerst, nach</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Weight of closeness (0 to 1; the rest is chance)</source>
            <translation>Gewicht der Nähe (0 bis 1; der Rest ist Zufall)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Dispersion</source>
            <translation>Streuung</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>How many</source>
            <translation>Anzahl</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Centre of the city</source>
            <translation>Stadtzentrum</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>as many of each</source>
            <translation>von jedem gleich viele</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>in proportion to how many there are</source>
            <translation>im Verhältnis zur Häufigkeit</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>How it is divided</source>
            <translation>Art der Aufteilung</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>Parcels to label</source>
            <translation>Parzellen für die Referenz</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>{value}: {count}</source>
            <translation>{value}: {count}</translation>
        </message>
        <message>
            <location filename="../plugin/processing/sample_parcels.py" />
            <source>no value</source>
            <translation>kein Wert</translation>
        </message>
        <message>
            <location filename="../plugin/processing/summarise.py" />
            <source>Summarise parcels</source>
            <translation>Parzellen zusammenfassen</translation>
        </message>
        <message>
            <location filename="../plugin/processing/summarise.py" />
            <source>Gives each parcel the share of every class of a class raster, its dominant class, area and purity. Pixels on a parcel's edge count by the part that lies inside.</source>
            <translation>Gibt jeder Parzelle den Anteil jeder Klasse eines Klassenrasters, ihre vorherrschende Klasse, Fläche und Reinheit. Pixel am Rand einer Parzelle zählen mit dem Teil, der innen liegt.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/summarise.py" />
            <source>Parcels without a mapped pixel</source>
            <translation>Parzellen ohne kartiertes Pixel</translation>
        </message>
        <message>
            <location filename="../plugin/processing/train.py" />
            <source>Fine-tune a model</source>
            <translation>Ein Modell nachtrainieren (Fine-Tuning)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/train.py" />
            <source>Teaches a model with reference polygons of your own image and writes it as a new model. A share of the polygons, by place, is kept to measure it; the weights that do best there are the ones that are kept. The log has loss, overall accuracy and mean IoU as they develop, the curves are written as a table.

Cancel ends the training and keeps the best weights so far.

Model: an id such as landcover, or the path of a model's folder or card. Its classes, bands and scaling stay.
Mapping: JSON such as {"park": 3, "lake": 1} from values of the field to class values. Empty: guessed by name. Values without a class are not learnt from.
Folder: its name is the new model's id. A folder in the models folder of your QGIS profile is listed in the dock.</source>
            <translation>Trainiert ein Modell mit Referenzpolygonen des eigenen Bildes nach und schreibt es als neues Modell. Ein Anteil der Polygone, nach Ort gewählt, wird zurückgehalten, um es zu messen; behalten werden die Gewichte, die dort am besten sind. Das Protokoll zeigt, wie sich Verlust, Gesamtgenauigkeit und mittlere IoU entwickeln; die Kurven werden als Tabelle geschrieben.

Abbrechen beendet das Training und behält die bisher besten Gewichte.

Modell: eine Kennung wie landcover oder der Pfad eines Modellordners oder einer Modellkarte. Klassen, Kanäle und Skalierung bleiben.
Zuordnung: JSON wie {"park": 3, "lake": 1} von Werten des Feldes zu Klassenwerten. Leer: nach Namen geraten. Aus Werten ohne Klasse wird nicht gelernt.
Ordner: Sein Name ist die Kennung des neuen Modells. Ein Ordner im Modellordner Ihres QGIS-Profils erscheint im Bedienfeld.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/train.py" />
            <source>Share kept for validation</source>
            <translation>Anteil für die Validierung</translation>
        </message>
        <message>
            <location filename="../plugin/processing/train.py" />
            <source>Validation polygons of the same image</source>
            <translation>Validierungspolygone desselben Bildes</translation>
        </message>
        <message>
            <location filename="../plugin/processing/train.py" />
            <source>Epochs (0: as the recipe)</source>
            <translation>Epochen (0: nach Rezept)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Time limit (minutes; 0: none)</source>
            <translation>Zeitgrenze (Minuten; 0: keine)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Learning rate (0: as the recipe)</source>
            <translation>Lernrate (0: nach Rezept)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>The folder {folder} holds models. Choose a new folder inside it.</source>
            <translation>Im Ordner {folder} liegen Modelle. Wählen Sie einen neuen Ordner darin.</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Model to start from</source>
            <translation>Ausgangsmodell</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Name of the new model</source>
            <translation>Name des neuen Modells</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Training tile (px; 0: as the recipe)</source>
            <translation>Trainingskachel (px; 0: nach Rezept)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Batch (0: as the recipe)</source>
            <translation>Stapelgröße (0: nach Rezept)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Device (auto, cpu, cuda, cuda:1)</source>
            <translation>Gerät (auto, cpu, cuda, cuda:1)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Folder of the new model</source>
            <translation>Ordner des neuen Modells</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Curves (CSV)</source>
            <translation>Kurven (CSV)</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Overall accuracy before</source>
            <translation>Gesamtgenauigkeit vorher</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Overall accuracy after</source>
            <translation>Gesamtgenauigkeit nachher</translation>
        </message>
        <message>
            <location filename="../plugin/processing/training.py" />
            <source>Choose reference polygons and their class field.</source>
            <translation>Wählen Sie Referenzpolygone und ihr Klassenfeld.</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>On the labelled images: OA {before} before, {after} after; mIoU {iou_before} before, {iou_after} after.</source>
            <translation>Auf den Bildern mit Referenz: OA vorher {before}, nachher {after}; mIoU vorher {iou_before}, nachher {iou_after}.</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>Validation: OA {before} before, {after} after; mIoU {iou_before} before, {iou_after} after.</source>
            <translation>Validierung: OA vorher {before}, nachher {after}; mIoU vorher {iou_before}, nachher {iou_after}.</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>best so far</source>
            <translation>bisher am besten</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>Made the model {title} in {time} on {device}, from {tiles} tiles.</source>
            <translation>Modell {title} in {time} auf {device} erstellt, aus {tiles} Kacheln.</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>step {count}</source>
            <translation>Schritt {count}</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>epoch {number}</source>
            <translation>Epoche {number}</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>F1: {scores}</source>
            <translation>F1: {scores}</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>Validation: OA {after}, mIoU {iou_after}.</source>
            <translation>Validierung: OA {after}, mIoU {iou_after}.</translation>
        </message>
        <message>
            <location filename="../plugin/training_wording.py" />
            <source>loss {value}</source>
            <translation>Verlust {value}</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine is not installed yet. Open Settings (the gear) and press Install engine.</source>
            <translation>Die Engine ist noch nicht installiert. Öffnen Sie die Einstellungen (Zahnrad) und drücken Sie Engine installieren.</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine did not start ({reason}). Open Settings (the gear) to check or install it.</source>
            <translation>Die Engine startete nicht ({reason}). Öffnen Sie die Einstellungen (Zahnrad), um sie zu prüfen oder zu installieren.</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine stopped unexpectedly ({reason}). Run again: a fresh engine is started.</source>
            <translation>Die Engine hielt unerwartet an ({reason}). Starten Sie noch einmal: Eine neue Engine wird gestartet.</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine did not answer and was stopped. Run again: a fresh engine is started.</source>
            <translation>Die Engine antwortete nicht und wurde angehalten. Starten Sie noch einmal: Eine neue Engine wird gestartet.</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine speaks version {theirs} of the protocol and the plugin version {ours}. Install the engine again.</source>
            <translation>Die Engine spricht Version {theirs} des Protokolls und das Plugin Version {ours}. Installieren Sie die Engine neu.</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine was shut down.</source>
            <translation>Die Engine wurde beendet.</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The request cannot be used: {reason}.</source>
            <translation>Die Anfrage ist nicht brauchbar: {reason}.</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>water</source>
            <translation>Wasser</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>tree</source>
            <translation>Baum</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>grass</source>
            <translation>Gras</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>farmland</source>
            <translation>Ackerland</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>impervious</source>
            <translation>versiegelt</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>rooftop</source>
            <translation>Dach</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>other</source>
            <translation>Sonstiges</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>Residential</source>
            <translation>Wohnen</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>Commercial and service facilities</source>
            <translation>Handel und Dienstleistung</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>Public management and public service facilities</source>
            <translation>Öffentliche Verwaltung und Einrichtungen</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>Industrial</source>
            <translation>Industrie</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>Agricultural and natural</source>
            <translation>Landwirtschaft und Natur</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>blue</source>
            <translation>Blau</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>green</source>
            <translation>Grün</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>red</source>
            <translation>Rot</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>near infrared</source>
            <translation>nahes Infrarot</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>clean-up</source>
            <translation>Bereinigung</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>CPU</source>
            <translation>CPU</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{low} to {high}, mean {mean}</source>
            <translation>{low} bis {high}, Mittel {mean}</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{count} h</source>
            <translation>{count} h</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} Mpx/s</source>
            <translation>{number} Mpx/s</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} m²</source>
            <translation>{number} m²</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} MB</source>
            <translation>{number} MB</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{count} s</source>
            <translation>{count} s</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{count} min</source>
            <translation>{count} min</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} km²</source>
            <translation>{number} km²</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} ha</source>
            <translation>{number} ha</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} GB</source>
            <translation>{number} GB</translation>
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>GPU {name}</source>
            <translation>GPU {name}</translation>
        </message>
    </context>
</TS>
