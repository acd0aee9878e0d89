<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>Engine</name>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>There is no file {path}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} exists already. Choose another name, or allow it to be overwritten.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The output {path} is also an input. Choose another name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Two outputs have the same name {path}. Give each its own.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The folder {folder} does not exist. Create it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} cannot be written: {reason}. Choose another folder, or free some space.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Another job is writing {path}. Wait for it, or choose another name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} cannot be read as a raster: {reason}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is damaged: rows {row_from} to {row_to} cannot be read ({reason}). Get a whole copy of the file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no coordinate reference system. Assign one (Raster &gt; Projections &gt; Assign projection).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is not georeferenced, so its pixel size is unknown. Georeference it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no valid pixels: all of it is nodata.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} claims {width} x {height} pixels, more than this engine maps in one run ({limit} megapixels).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds complex numbers; an optical image is needed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Ground distances cannot be found for {path} in its coordinate reference system ({reason}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model needs a {role} band and none of {path} was recognised as one. Assign it under Bands.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Band {band} was asked for, but {path} has {count} bands.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model takes {expected} bands, but {given} were given.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model cannot do without its {role} band. Assign one, or choose another model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The area to map does not touch {path}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no polygons to map inside.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} cannot be read as a vector layer: {reason}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no layer {layer}. It has: {layers}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has several layers ({layers}). Say which one to use.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no coordinate reference system. Assign one first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} holds no polygons.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} has no field {field}. It has: {fields}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>There is no model {model}. Known models: {known}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model card {path} cannot be used: {problem}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The weights {path} that the card names are not there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The weights {path} are damaged or were changed: {problem}. Get them again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The weights {path} do not fit the network of their card: {problem}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is not loaded: it could run code. Only .safetensors and .onnx weights are accepted.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} gave an unusable answer: {problem}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model {model} cannot be run here: {problem}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device {device} is not available here. Available: {available}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{backend} cannot run the model {model} here: {problem}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device {device} has too little memory for even one window of {window} px. Use a smaller window.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device {device} stopped working: {reason}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{path} is not a class raster: it needs one band of whole numbers from 0 to 255, not {dtype}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the parcels of {path} touches the map {classes}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the polygons of {path} covers a mapped pixel of {classes}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>None of the values of field {field} ({values}) is mapped to a class of the map ({classes}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The mapping {path} cannot be used: {problem}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The request cannot be used: {field} {problem}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The computer ran out of memory. Map a smaller area or use fewer threads.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Something unexpected went wrong: {reason}. The log has the details.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{megapixels} Mpx at {gsd} m, {device}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{megapixels} Mpx at {gsd} m, about {time} on {device}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The image has {gsd} m pixels and is resampled to {target} m for the model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No {role} band: the model works without it, less accurately.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{dtype} imagery, values about {low} to {high}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The image is in degrees: distances and areas are computed on the ground.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The image's grid is rotated; the result is north-up.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model file {model} does not say everything; assumed by custom: {what}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model does not take windows of {asked} px; it gets windows of {used} px.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The model was made for 8-bit pixel values (0 to 255) and this image holds {dtype}. Stretch it to 8 bit, or expect a poor map.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The bands have no names, so they were taken in the order {order}. Check them under Bands.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No GPU was found, so the map was made on the CPU.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>{backend} runs the network: {rate} Mpx/s in a trial here ({other}: {other_rate} Mpx/s).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Went on with an interrupted run: {percent} % of the area was there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>No interrupted run of this very job was found, so the whole area was mapped.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>The device was short of memory: batches of {batch} windows were used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Invalid polygons of {path} that were repaired: {count}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Features of {path} left out because they have no polygon: {count}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Polygons of {path} not counted because they cover no pixel centre: {count}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Polygons of {path} outside the map: {count}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Pixels left out because reference polygons of different classes overlap there: {pixels}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reference values left out because no class was chosen: {values}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Reference pixels where the map has no data: {pixels}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>A model was left out: {problem}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Opening the image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Measuring the image's brightness</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Loading the model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Mapping</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Cleaning up small patches</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Writing the rasters</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Drawing polygons</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Summarising parcels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Comparing with the reference</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Writing the report</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Exporting the model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Comparing the exported model with the original</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../engine/protocol/messages.py" />
            <source>Building the demo city</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>UrbanGrain</name>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>The class raster to check.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Polygons whose class is known; any coordinate reference system.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>The field that says which class a polygon is.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Assess</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Compare the map with the reference, pixel by pixel.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Copy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Copy both tables, to paste them into a spreadsheet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save the tables as CSV.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save everything as JSON.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save a report that any browser shows.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Class map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Reference</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Class field</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Save the report</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Matching the values with the classes…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>OA {value}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>{count} reference pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Map (rows) against reference (columns), pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>By class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>The tables are on the clipboard.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>CSV files (*.csv)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>JSON files (*.json)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>HTML files (*.html)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>UrbanGrain: assessing {map}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Saved {path}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>There is no class raster in the project. Make one on the Map page.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Add a polygon layer with reference classes to the project.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>No value is matched to a class. Open Mapping and choose classes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>{layer} is being edited: its unsaved edits are included.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>kappa {value}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>mIoU {value}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>FWIoU {value}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>{layer} has no field with classes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>The field {field} has more than {count} values. Choose one that holds classes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/accuracy_page.py" />
            <source>Left out, because no class is chosen: {values}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Whole layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Map the whole image (default).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>View</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Map what the map canvas shows at the moment you press Run.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Polygons</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Map inside the polygons of a layer; everything else stays nodata.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>The polygon layer to map inside; any coordinate reference system.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Selected features only</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>Use only the features that are selected now. Default: all features.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>There is no polygon layer in the project. Add one, or map the whole layer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>The map canvas shows nothing yet. Zoom to the image, or map the whole layer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>{layer} has no coordinate reference system. Assign one first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>No feature of {layer} is selected. Select some, or use all of them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/area_widget.py" />
            <source>{layer} holds no polygon to map inside.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>Bands</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>Which band of the image the model reads as which. Default: guessed from the band names.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>none yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>none (optional)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>choose a band</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>please choose</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>{bands} (yours)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>{bands}, matched by name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/bands_widget.py" />
            <source>{bands}, in the usual order</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Clean-up</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Patches of a class that are smaller join the class around them. 0 keeps everything. Default: 100 m².</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Holes inside a patch that are smaller are filled. 0 fills nothing. Default: 50 m².</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Smallest patch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>Largest hole</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>off</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/cleanup_widget.py" />
            <source>patches {patch}, holes {hole}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Map an image with a model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Accuracy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Compare a map with reference polygons</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Settings: the engine, devices and diagnostics</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>Help</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/dock.py" />
            <source>UrbanGrain: building the demo city</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/empty_widget.py" />
            <source>Add a raster layer to map, or try the demo scene.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/empty_widget.py" />
            <source>Add a raster layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/empty_widget.py" />
            <source>Open QGIS's Data Source Manager at its raster page.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/empty_widget.py" />
            <source>Try the demo scene</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/empty_widget.py" />
            <source>Build a small city of its own (a few seconds) with imagery, parcels and reference.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Pick an image and a model. The lines above Run say what will happen; mend what they mind.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Area</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Map the whole layer, the present view, or the polygons of a layer. Pixels outside stay nodata.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Sampling</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Flips and overlap make the map steadier and slower. The defaults suit most imagery.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Results</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>They arrive as one group: classes, confidence, polygons and, if you chose parcels, parcels with class shares.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Compare a map with reference polygons: confusion matrix, overall accuracy, kappa, and scores per class.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Engine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>The work is done by a separate Python environment that is kept warm while QGIS runs. The gear shows where it is and installs it; the log panel's tab UrbanGrain has its messages.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>Batch work</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/help_page.py" />
            <source>The same jobs are in the Processing toolbox under UrbanGrain, and on the command line.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>The imagery to map: any coordinate reference system, bands and bit depth.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>none</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Parcels to summarise: each gets its class shares, dominant class and purity. Default: none.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Make the map in the background; QGIS stays free (Ctrl+Return).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Open settings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Choose, install or check the engine.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Parcels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>Choose a model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>UrbanGrain: mapping {image}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/map_page.py" />
            <source>The map of {image} is ready.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Mapping</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Which class each value of the field means. Values without a class are left out.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Value</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>not used</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>the field has no values</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>{matched} of {count} matched</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/mapping_widget.py" />
            <source>Class of {value}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>Confusion matrix: rows are the map, columns the reference</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>map \ reference</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>{pixels} pixels of {reference} were mapped as {mapped}: {share} of {reference}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>Reference: {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/matrix_widget.py" />
            <source>Map: {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Models (*.onnx *.json)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>any resolution</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>The model that makes the map. The line below says what its card states.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Use a model of your own: an .onnx file (also one made for Deepness) or a model card</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Asking the engine…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>No models</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>Model file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>The engine found no model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{count} classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{number} m</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{low}–{high} m</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>({band})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/model_widget.py" />
            <source>{accuracy} on {data}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Outputs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Confidence raster</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>How sure the model is of each pixel, 0 to 100 %. Default: on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>The map as polygons with class, area and mean confidence. Default: on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Probabilities of each class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>One raster band a class. Large. Default: off.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>temporary folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Where the files go. Empty: a temporary folder that QGIS deletes when it closes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>from the image's name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>How the files' names begin. A number is added rather than replacing files that exist.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>confidence</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>polygons</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>probabilities</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>Temporary: the files are deleted when QGIS closes. Choose a folder to keep them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>The output folder {folder} does not exist. Create it, or choose another.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>The output folder {folder} is read-only. Choose another.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/outputs_widget.py" />
            <source>temporary</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/preflight.py" />
            <source>Looking at the image…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>Progress</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>Cancel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>Stop now. Nothing half-made is left behind.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>Starting the engine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>{time} so far</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/progress_widget.py" />
            <source>{time} left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Show</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Zoom the map canvas to the result.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Compare this map with reference polygons on the Accuracy page.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Open folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Open the folder with the files that were made.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Continue</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Go on with the interrupted run: what was mapped is not mapped again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>parcels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Made {outputs} of {size} Mpx in {time} on {device} ({rate}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/result_widget.py" />
            <source>Cancelled. Nothing was left behind.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>as the model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source> px</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Side of the window that the model sees at once. Larger: more context and memory. Default: the model's.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Share of a window that its neighbour covers again. More: smoother seams, slower. Default: 25 %.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>How overlapping windows are joined. Default: Gaussian weights, which trust a window's centre most.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Each window is also seen mirrored and the answers are averaged: steadier, and that many times slower. Default: 4 flips.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Automatic</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>CPU</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>What computes. Default: a GPU where the engine finds one, otherwise the CPU.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Number format on the device. Default: 16 bit on GPUs that are built for it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>What runs the network. Default: for large maps, whichever a short trial on this computer finds faster.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Overlap</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Blending</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Flips</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Device</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Precision</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Backend</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Gaussian weights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Mean</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Maximum</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>Crop to the centre</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>None (fastest)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>4 flips</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>8 flips and turns</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>32 bit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>16 bit (bfloat)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>16 bit (half)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>model's window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>{number} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/sampling_widget.py" />
            <source>{count} px</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Scores of each class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Class of the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>UA</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>User's accuracy (precision): share of what is mapped as the class that is right</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>PA</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Producer's accuracy (recall): share of the class's reference that was found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Harmonic mean of user's and producer's accuracy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Intersection over union</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/scores_widget.py" />
            <source>Reference pixels of the class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>found by itself</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Python interpreter or environment folder that runs the engine. Default: the one that is installed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Restart and check</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>End the engine's process, start a fresh one and ask it how it is.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>With support for NVIDIA GPUs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Also installs the CUDA libraries: a larger download. Needs uv. Default: off.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Install engine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Make a Python environment for the engine in your QGIS profile. No administrator rights are needed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Copy these lines, to paste them into a problem report.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Installation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Diagnostics</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Not installed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>There is no Python at the place given below.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>The last installation was not finished. Install again: it starts afresh.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>{step} ({number} of {count})…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Takes about {need} in {folder} ({free} free) and a download of several minutes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Installed. It starts when it is first needed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>There is too little free space: {need} are needed. Free some and try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/dock/settings_page.py" />
            <source>Version {version}, running on: {devices}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>pyproject.toml lists no requirements. Install the plugin again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>QGIS's Python interpreter was not found. Install uv, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>Making the environment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>Installing the packages</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>Checking</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The installation was cancelled.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The engine needs Python 3.10 and QGIS has {version}. Install uv, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>{program} could not be started.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The engine is installed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>The old engine could not be removed: {reason}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/engine/install.py" />
            <source>{step} failed. The lines above say why; run it again when mended.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo city</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo parcels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo roads</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/demo.py" />
            <source>Demo reference</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>Confidence</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>Probabilities</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>made by UrbanGrain</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/results.py" />
            <source>{image} classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>Choose a raster layer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>Choose a polygon layer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} is a web or database layer. Save it as a file first (Export &gt; Save As).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} is not a polygon layer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/sources.py" />
            <source>{layer} could not be copied: {reason}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/layers/styles.py" />
            <source>not mapped</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/main.py" />
            <source>UrbanGrain: map imagery and check the map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Assess accuracy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Compares a class raster with reference polygons: confusion matrix, overall accuracy, kappa, mean and frequency-weighted IoU; precision (user's), recall (producer's), F1 and IoU of each class.

Mapping: JSON such as {"park": 3, "lake": 1} from values of the field to class values. Empty: guessed by name. Values without a class are left out and counted.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>The mapping is not JSON such as {"park": 3, "lake": 1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Class raster</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Mapping (JSON)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Report</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>JSON</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Overall accuracy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Kappa</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Mean IoU</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>Frequency-weighted IoU</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>mIoU</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/assess.py" />
            <source>FWIoU</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Build the demo city</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Builds a procedural city, the same for the same seed: 4-band imagery, exact class truth, reference polygons as a person would draw them, roads, boundary, and parcels. Good for trying things out.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Seed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Size (px)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/demo_scene.py" />
            <source>Pixel size (m)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Export a model as ONNX</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Writes a model as an ONNX file for other software, and its card (a STAC Item) beside it. Original and copy are compared on random windows; the log says how far apart they are. The copy can be chosen as a model here too.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>ONNX file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Model card</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Largest difference of a probability</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>ONNX (*.onnx)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/export.py" />
            <source>Largest difference of a probability {difference}; same class on {share} of the pixels.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Map imagery</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Maps a raster with a model: overlapping windows, averaged over flips, blended; small patches and holes cleaned up. Gives a class raster with names and colours and, where asked for, confidence, probabilities, polygons, and class shares of parcels.

Model: an id such as landcover, or the path of a model folder, card or .onnx file.
Bands: numbers of the image's bands in the model's order, such as 1,2,3,4 (0: the image has none). Empty: guessed from the band names.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Map inside polygons</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Map inside extent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Smallest patch (m²)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Largest hole (m²)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Window (px; 0: the model's)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Overlap (share of the window)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Device (auto, cpu, cuda, cuda:N)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Grid of the outputs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Go on with an interrupted run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Simplify polygons (m)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Parcels with class shares</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Choose a parcel layer, or leave its output empty.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/map.py" />
            <source>Bands are numbers with commas between them, such as 1,2,3,4.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/summarise.py" />
            <source>Summarise parcels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/summarise.py" />
            <source>Gives each parcel the share of every class of a class raster, its dominant class, area and purity. Pixels on a parcel's edge count by the part that lies inside.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/summarise.py" />
            <source>Number of parcels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/processing/summarise.py" />
            <source>Parcels without a mapped pixel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine is not installed yet. Open Settings (the gear) and press Install engine.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine did not start ({reason}). Open Settings (the gear) to check or install it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine stopped unexpectedly ({reason}). Run again: a fresh engine is started.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine did not answer and was stopped. Run again: a fresh engine is started.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine speaks version {theirs} of the protocol and the plugin version {ours}. Install the engine again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The engine was shut down.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>The request cannot be used: {reason}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>water</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>tree</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>grass</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>farmland</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>impervious</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>blue</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>green</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>red</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>near infrared</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{count} h</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} Mpx/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} m²</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} MB</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{count} s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{count} min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} km²</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} ha</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>{number} GB</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../plugin/wording.py" />
            <source>GPU {name}</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
